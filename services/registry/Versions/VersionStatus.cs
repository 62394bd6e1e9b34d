namespace Platform.Registry.Versions;

/// <summary>Whether a version can be served.</summary>
internal static class VersionStatus
{
    public const string Ready = "ready";
    public const string NotServable = "not_servable";
}
