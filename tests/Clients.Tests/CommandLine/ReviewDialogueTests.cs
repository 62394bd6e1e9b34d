using System.Text.Json.Nodes;
using Platform.Cli.Commands;
using Platform.Cli.Output;
using Platform.Client.Records;

namespace Platform.Clients.Tests.CommandLine;

/// <summary>What is read where somebody is asked for a label.</summary>
public sealed class ReviewDialogueTests
{
    [Theory]
    [InlineData("good,bad", "2", "bad")]
    [InlineData("good,bad", "bad", "bad")]
    [InlineData("0,1", "1", "1")] // the class, and not the first
    [InlineData("0,1", "0", "0")]
    [InlineData("1,0", "2\n0", "0")]
    [InlineData("1.5,2.5", "1\n2.5", "2.5")]
    [InlineData("s,q", "s", "s")]
    [InlineData("s,q", "q", "q")]
    [InlineData("s,q", "2", "q")]
    [InlineData("skip,s", "s", "s")]
    public async Task A_class_is_what_somebody_calls_it(string labels, string input, string expected) =>
        Assert.Equal(expected, (string?)(await AskAsync(labels, input)).Answer);

    [Theory]
    [InlineData("good,bad", "s", false)]
    [InlineData("good,bad", "q", true)]
    [InlineData("0,1", "2\ns", false)]
    [InlineData("s,q", "skip", false)]
    [InlineData("s,q", "quit", true)]
    [InlineData("s,q", "", true)] // the end of what is said
    public async Task One_can_be_skipped_and_all_can_end(string labels, string input, bool ends)
    {
        var (answer, _) = await AskAsync(labels, input);
        Assert.Equal(ends, answer is null);
        if (!ends) Assert.IsType<JsonObject>(answer);
    }

    [Theory]
    [InlineData("good,bad", "label (1 good, 2 bad, s skip, q quit): ")]
    [InlineData("0,1", "label (0, 1, s skip, q quit): ")]
    [InlineData("s,t", "label (1 s, 2 t, skip, q quit): ")]
    public async Task It_says_what_may_be_said(string labels, string prompt) => Assert.Equal(prompt, (await AskAsync(labels, "")).Output);

    private static async Task<(JsonNode? Answer, string Output)> AskAsync(string labels, string input)
    {
        var output = new StringWriter();
        var review = new Review("p", "credit", "1", "uncertain", "", DateTimeOffset.UnixEpoch, null, labels.Split(','));
        var answer = await ReviewCommand.ReadAsync(new Terminal(new StringReader(input), output, output), review, CancellationToken.None);
        return (answer, output.ToString());
    }
}
