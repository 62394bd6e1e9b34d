using System.Text;

namespace Platform.Onnx.Bundles;

/// <summary>What a data file may be called: by a path below the model's own folder, as a tensor's location says it.</summary>
public static class BundleName
{
    /// <summary>Longest name, in bytes of UTF-8: what a tar header has room for.</summary>
    public const int MaxBytes = 100;

    private const string MLflowName = "MLmodel";

    /// <summary>The name without the <c>./</c> that some programs begin it with.</summary>
    public static string Plain(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    /// <summary>Why a data file cannot be called that, the rest of a sentence; null where it can.</summary>
    public static string? FindProblem(string name)
    {
        if (name is ModelBundle.ModelName or MLflowName) return "has a name that is kept for another file beside it; rename it, also where the model names it";
        // MLflow's clients ask for files by URLs that such characters end or change.
        return name.AsSpan().ContainsAny('#', '%') ? "has a # or a % in its name; rename it, also where the model names it" : FindPathProblem(name);
    }

    /// <summary>Why a file cannot lie there in an archive, the rest of a sentence; null where it can.</summary>
    public static string? FindPathProblem(string name)
    {
        if (name.Length == 0) return "has no name";
        if (name.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '*' or '?')) return "has a character in its name that is not allowed";
        var parts = name.Split('/');
        if (name[0] == '/' || parts.Contains("..")) return "lies outside the model's folder";
        if (parts.Any(part => part is "" or ".")) return "has no plain path";
        return Encoding.UTF8.GetByteCount(name) > MaxBytes ? $"has a name of more than {MaxBytes} bytes" : null;
    }
}
