using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.SampleDriver.Traffic;
using Platform.TestKit;

namespace Platform.SampleDriver.Tests.Traffic;

public sealed class TrafficRowTests
{
    [Theory]
    [InlineData(new long[] { -1, 4 }, "[1,4]")]
    [InlineData(new long[] { -1, 2, 2 }, "[1,2,2]")]
    [InlineData(new long[] { 4 }, "[4]")]
    [InlineData(new long[] { -1, -1 }, "[1,4]")]
    public void A_row_becomes_a_request_with_a_batch_of_one(long[] signature, string shape)
    {
        var (request, _) = new TrafficRow("""{"inputs":{"input":[1,2,3,4]}}""").Read(Signature("FP32", signature));
        Assert.Equal(
            $$"""{"inputs":[{"name":"input","datatype":"FP32","shape":{{shape}},"data":[1,2,3,4]}]}""", request.ToJsonString());
    }

    [Fact]
    public void A_text_and_its_label_pass_as_they_are()
    {
        var (request, label) = new TrafficRow("""{"inputs":{"input":["春眠不覺曉"]},"label":"tang"}""").Read(Signature("BYTES", [-1]));
        Assert.Equal("春眠不覺曉", request["inputs"]![0]!["data"]![0]!.GetValue<string>());
        Assert.Equal("tang", label!.GetValue<string>());
    }

    [Fact]
    public void A_row_without_an_input_of_the_model_is_refused() =>
        Assert.Contains("'input'", Assert.Throws<JsonException>(() => new TrafficRow("""{"inputs":{"other":[1]}}""").Read(Signature("FP32", [-1]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_compressed_file_reads_like_a_plain_one()
    {
        var rows = await TrafficRow.ReadAsync(Repository.PathOf("samples", "fashion", "traffic.jsonl.gz"), CancellationToken.None).ToListAsync();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.StartsWith("{\"inputs\":", row.Line, StringComparison.Ordinal));
    }

    private static ModelSignature Signature(string datatype, IReadOnlyList<long> shape) =>
        new() { Inputs = [new TensorSignature { Name = "input", Datatype = datatype, Shape = shape }] };
}
