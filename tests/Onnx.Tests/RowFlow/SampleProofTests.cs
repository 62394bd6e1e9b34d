using Platform.Onnx.RowFlow.Proofs;

namespace Platform.Onnx.Tests.RowFlow;

public sealed class SampleProofTests
{
    [Theory]
    [InlineData("credit", "v1")]
    [InlineData("credit", "v2")]
    [InlineData("fashion", "v1")]
    [InlineData("poems", "v1")]
    [InlineData("spam", "v1")]
    public void The_rows_of_every_sample_are_proved_to_keep_apart(string sample, string version) =>
        Assert.Null(RowProof.Of(Path.Combine(Root(), "samples", sample, version, "model.onnx")).Mixing);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Platform.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No repository around the tests.");
        return folder;
    }
}
