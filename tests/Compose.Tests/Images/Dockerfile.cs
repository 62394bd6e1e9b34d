using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Compose.Tests.Images;

/// <summary>The one Dockerfile, cut into stages of instructions.</summary>
internal static partial class Dockerfile
{
    /// <summary>The stages in order, by name; the last one is what is built when no target is named.</summary>
    public static IReadOnlyList<Stage> Stages { get; } = Read();

    public static Stage Named(string name) => Stages.Single(stage => stage.Name == name);

    private static List<Stage> Read()
    {
        var stages = new List<Stage>();
        foreach (var line in Instructions())
        {
            if (From().Match(line) is { Success: true } from) stages.Add(new Stage(from.Groups["name"].Value, from.Groups["image"].Value, []));
            else if (stages.Count > 0) stages[^1].Instructions.Add(line);
        }
        return stages;
    }

    /// <summary>Logical lines: comments dropped, continuations joined.</summary>
    private static IEnumerable<string> Instructions()
    {
        var text = File.ReadAllText(Repository.PathOf("compose", "Dockerfile"));
        var withoutComments = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('#')));
        return Continuation().Replace(withoutComments, " ").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
    }

    [GeneratedRegex(@"^FROM (?<image>\S+) AS (?<name>\S+)$")]
    private static partial Regex From();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continuation();
}

/// <summary>One stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">What it starts from: an image or another stage.</param>
/// <param name="Instructions">What follows FROM.</param>
internal sealed record Stage(string Name, string Image, List<string> Instructions)
{
    /// <summary>The rest of every instruction of a kind.</summary>
    public IEnumerable<string> All(string instruction) => Instructions
        .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..]);

    /// <summary>The rest of the only instruction of a kind.</summary>
    public string The(string instruction) => All(instruction).Single();

    public IReadOnlyDictionary<string, string> Environment => All("ENV")
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(variable => variable.Split('=', 2))
        .ToDictionary(variable => variable[0], variable => variable[1]);
}
