namespace Platform.Onnx.Isolation;

/// <summary>Which models run in a process of their own.</summary>
public enum IsolationPolicy
{
    /// <summary>Those whose graph has a <see cref="NativeHazard"/>, and those whose owners ask for it.</summary>
    Auto,

    /// <summary>All.</summary>
    Process,

    /// <summary>None, whatever their graphs hold: a request may then end the service. The operator's to choose, never an uploader's.</summary>
    None,
}

/// <summary>What the metadata of a version may say of it.</summary>
public static class IsolationNames
{
    public const string Auto = "auto";

    public const string Process = "process";

    /// <summary>The names there are. None of them takes the protection away from a model that needs it.</summary>
    public static IReadOnlyCollection<string> All { get; } = [Auto, Process];
}
