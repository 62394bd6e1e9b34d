using Platform.Hosting.Errors;

namespace Platform.Registry.Sessions;

/// <summary>Too many models are being tried out to begin with another.</summary>
internal sealed class SessionsBusyException() : Exception(Refusal.Detail)
{
    /// <summary>What the caller is told.</summary>
    public static Error Refusal { get; } = new(StatusCodes.Status429TooManyRequests, "registry.busy",
        "Too many models are being tried out at the moment; try again later.");
}
