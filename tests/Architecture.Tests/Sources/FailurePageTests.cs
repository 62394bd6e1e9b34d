using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Sources;

/// <summary>docs/failures.md promises tests: they are there, and none of them is set aside.</summary>
public sealed partial class FailurePageTests
{
    private static readonly string Sources = string.Concat(
        Directory.GetFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    public static TheoryData<string> Promised => new(
        PromisedName().Matches(File.ReadAllText(Repository.PathOf("docs", "failures.md"))).Select(match => match.Groups[1].Value).Distinct());

    [Theory, MemberData(nameof(Promised))]
    public void Each_test_that_the_page_names_runs(string name) =>
        Assert.Matches($@"\[(Fact|Theory|SmallDiskFact)\]\s*(\[InlineData[^\n]*\]\s*)*public (async )?(Task|void) {name}\(", Sources);

    [GeneratedRegex(@"\| `(\w+)` \|")]
    private static partial Regex PromisedName();
}
