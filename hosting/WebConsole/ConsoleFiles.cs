using Platform.Hosting.Errors;

namespace Platform.Hosting.WebConsole;

/// <summary>The console's files, which the assembly holds: nothing is built for it, and nothing comes from elsewhere.</summary>
internal sealed class ConsoleFiles
{
    private const string Start = "index.html";

    public static readonly Error NotFound = new(StatusCodes.Status404NotFound, "route.not_found", "The console has no such file.");

    private readonly Dictionary<string, ConsoleFile> _files = Read();

    /// <summary>The page that loads the rest.</summary>
    public IResult AnswerStart(HttpResponse response) => _files[Start].Answer(response);

    /// <summary>A file by its name.</summary>
    public IResult Answer(string file, HttpResponse response) =>
        _files.TryGetValue(file, out var known) ? known.Answer(response) : Problems.From(NotFound);

    private static Dictionary<string, ConsoleFile> Read()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        var folder = $"{typeof(ConsoleFiles).Namespace}.Files.";
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .ToDictionary(name => name[folder.Length..], name => new ConsoleFile(Read(assembly.GetManifestResourceStream(name)!), TypeOf(name)));
    }

    private static byte[] Read(Stream resource)
    {
        using var content = new MemoryStream();
        using (resource) resource.CopyTo(content);
        return content.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The console has no media type for '{other}'."),
    };
}
