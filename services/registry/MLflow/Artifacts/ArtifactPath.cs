using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>
/// Paths of artifacts. They are keys of documents and never lead into the file system; they are vetted all the same, as clients put them
/// together with paths of their own.
/// </summary>
internal static class ArtifactPath
{
    private const int MaxLength = 2000;
    private const int MaxDepth = 100;
    private const string Scheme = "mlflow-artifacts:";
    private const string ProxyRoute = "/mlflow-artifacts/artifacts/";

    /// <summary>The path without slashes at its ends; refuses one that leaves its folder or is none.</summary>
    public static string Check(string? path)
    {
        var trimmed = (path ?? "").TrimEnd('/');
        var plain = Decode(trimmed);
        if (trimmed.Length > MaxLength || plain.Count(letter => letter == '/') >= MaxDepth || plain.StartsWith('/') || plain.AsSpan().IndexOfAny('\\', '#') >= 0 || plain.Any(char.IsControl)
            || (plain.Length > 0 && plain.Split('/').Any(part => part is "" or "." or "..")) || (plain.Length > 1 && plain[1] == ':'))
            throw MLflowException.Invalid("Invalid path");
        return trimmed;
    }

    /// <summary>As <see cref="Check"/>, of a file, which has a name.</summary>
    public static string CheckFile(string? path) => Check(path) is { Length: > 0 } file ? file : throw MLflowException.Invalid("Invalid path");

    public static string Join(string folder, string? path) =>
        string.IsNullOrEmpty(path) ? folder : folder.Length == 0 ? path : $"{folder}/{path}";

    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    public static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>The path of artifacts that a URI of MLflow's names; null when they are kept elsewhere.</summary>
    public static string? OfUri(string uri)
    {
        if (uri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var rest = uri[Scheme.Length..];
            if (rest.StartsWith("//", StringComparison.Ordinal)) rest = rest[2..].IndexOf('/') is >= 0 and var slash ? rest[(slash + 2)..] : "";
            return Check(rest.TrimStart('/'));
        }

        return uri.StartsWith("http", StringComparison.Ordinal) && uri.IndexOf(ProxyRoute, StringComparison.Ordinal) is >= 0 and var at
            ? Check(uri[(at + ProxyRoute.Length)..])
            : null;
    }

    // What is encoded more than once must be as harmless as it looks.
    private static string Decode(string path)
    {
        for (var i = 0; i < 10; i++)
        {
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path) return path;
            path = decoded;
        }

        throw MLflowException.Invalid("Invalid path");
    }
}
