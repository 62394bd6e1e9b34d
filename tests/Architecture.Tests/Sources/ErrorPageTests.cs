using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Sources;

/// <summary>docs/errors.md names every code that a caller can meet, with its status, and none besides.</summary>
public sealed partial class ErrorPageTests
{
    private static readonly string Sources = string.Concat(new[] { "hosting", "services" }
        .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));

    private static readonly ILookup<string, string> Rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md")))
        .ToLookup(row => row.Groups["code"].Value, row => row.Groups["status"].Value);

    [Fact]
    public void The_page_has_the_codes_of_the_sources()
    {
        var codes = Code().Matches(Sources).Select(code => code.Groups[1].Value).Distinct().ToList();

        Assert.True(codes.Count > 90, $"only {codes.Count} codes were found");
        Assert.Equal(codes.Order(StringComparer.Ordinal), Rows.Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_code_has_the_status_that_it_is_answered_with()
    {
        var answered = Answered().Matches(Sources);

        Assert.True(answered.Count > 80, $"only {answered.Count} answers were found");
        Assert.All(answered, answer => Assert.Contains(answer.Groups["status"].Value, Rows[answer.Groups["code"].Value]));
    }

    [GeneratedRegex(@"^\| (?<status>[\d, ]+|any) \| `(?<code>[a-z_.]+)` \| .+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""(?<![\w:])"((?:access|request|route|service|documents|storage|replica|inference|registry|monitor|explainer)\.[a-z_]+|internal)"(?!:)""")]
    private static partial Regex Code();

    [GeneratedRegex("""Status(?<status>\d{3})\w+,(?:\s*Code =)?\s*"(?<code>[a-z_.]+)"[,)\s]""")]
    private static partial Regex Answered();
}
