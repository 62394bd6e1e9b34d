namespace Platform.Onnx.Pipelines;

/// <summary>What becomes of the rows that a step fails on.</summary>
public static class FailurePolicy
{
    /// <summary>The request fails.</summary>
    public const string Fail = "fail";

    /// <summary>They are as those that the step was not asked: what needs its answer has none, what can do without goes on.</summary>
    public const string Skip = "skip";

    /// <summary>They have the step's default values.</summary>
    public const string Default = "default";

    /// <summary>Every policy.</summary>
    public static IReadOnlyList<string> All { get; } = [Fail, Skip, Default];
}
