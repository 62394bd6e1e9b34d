namespace Platform.Onnx.Tests.Providers;

/// <summary>A theory that needs the accelerator named by <see cref="Variable"/>; <c>./dev gpu-check</c> sets it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProviderTheoryAttribute : TheoryAttribute
{
    public const string Variable = "PLATFORM_TEST_PROVIDER";

    public ProviderTheoryAttribute()
    {
        if (Provider is null) Skip = "Needs a GPU: run ./dev gpu-check on a machine that has one.";
    }

    /// <summary><c>cuda</c> or <c>tensorrt</c>; null when none is to be tested.</summary>
    public static string? Provider { get; } = Environment.GetEnvironmentVariable(Variable);
}
