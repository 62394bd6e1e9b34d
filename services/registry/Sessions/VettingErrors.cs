using Platform.Hosting.Errors;
using Platform.Onnx.Children;

namespace Platform.Registry.Sessions;

/// <summary>The file is refused by the process that looks at it, with the reason for whoever uploaded it.</summary>
internal sealed class RefusedException(string reason) : Exception(reason);

/// <summary>The process that looked at a file came to its end over it.</summary>
internal sealed class VettingEndedException(ChildEnd end, ChildLimits limits) : Exception(Describe(end, limits))
{
    public ChildEndCause Cause => end.Cause;

    private static string Describe(ChildEnd end, ChildLimits limits) => end.Cause is ChildEndCause.Time or ChildEndCause.Memory
        ? $"It {end.Describe(limits)}."
        : $"The process that tried it out {end.Describe(limits)}.";
}

internal static class VettingErrors
{
    public static Error Unavailable { get; } = new(StatusCodes.Status503ServiceUnavailable, "registry.vetting_unavailable",
        "No process can be started that would try the model out; try again later.");
}
