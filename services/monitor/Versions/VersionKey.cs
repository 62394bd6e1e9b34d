namespace Platform.Monitor.Versions;

/// <summary>Names a version of a model.</summary>
internal readonly record struct VersionKey(string Model, string Version)
{
    /// <summary>For documents and logs: neither part can hold a slash.</summary>
    public override string ToString() => $"{Model}/{Version}";
}
