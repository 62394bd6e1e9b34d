namespace Platform.Import;

/// <summary>Paths of files, which a server names and another one is asked for.</summary>
internal static class ArtifactPath
{
    /// <summary>Whether a path leads to where it says: an address with an empty segment, "." or ".." leads elsewhere.</summary>
    public static bool IsPlain(string path) => path.Split('/').All(segment => segment is not ("" or "." or ".."));

    /// <summary>A path as a part of an address.</summary>
    public static string Escape(string path) =>
        IsPlain(path) ? string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) : throw Refuse(path);

    public static MLflowException Refuse(string path) => new("NOT_PLAIN", $"the path '{path}' has an empty segment, '.' or '..', and would lead elsewhere");
}
