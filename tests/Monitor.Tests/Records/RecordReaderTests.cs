using System.Text;
using System.Text.Json;
using Platform.Hosting;
using Platform.Monitor.Features;
using Platform.Monitor.Predictions;
using Platform.Monitor.Records;

namespace Platform.Monitor.Tests.Records;

public sealed class RecordReaderTests
{
    [Fact]
    public void A_record_is_read_as_inference_writes_it()
    {
        var at = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        var json = JsonSerializer.SerializeToUtf8Bytes(Credit.Prediction("p1", [[30, null, 1, 0], [40, 2000, 2, 1]], at), PlatformJson.Tolerant);

        var read = RecordReader.Read(json);

        Assert.Equal(("p1", "credit", "1", "succeeded", 2, at), (read.Id, read.Model, read.Version, read.Status, read.Rows, read.Time));
        Assert.Equal((100, 50, 800, 1000), (read.QueueMicros, read.BatchMicros, read.ComputeMicros, read.TotalMicros));
        Assert.Equal("p1:1", read.RowId(1).Text);
        var rows = TensorReader.Read(Assert.Single(read.Inputs), read.Rows);
        Assert.Equal([30, double.NaN, 1, 0], rows.Numbers(0).ToArray());
        Assert.Equal([40, 2000, 2, 1], rows.Numbers(1).ToArray());
        Assert.Equal("probabilities", Assert.Single(read.Outputs).Name);
    }

    [Fact]
    public void The_order_of_members_does_not_matter_and_unknown_ones_are_passed_over()
    {
        var read = Read("""
            {"data":{"outputs":[],"new":{"deep":[1,{"x":2}]},"inputs":[{"data":["a",null],"stride":1,"shape":[2],"datatype":"BYTES","name":"text"}],"rows":2,
             "version":"3","status":"succeeded"},"subject":"spam","id":"p","traceparent":"00-x","time":"2026-11-20T09:00:00Z"}
            """);

        Assert.Equal(("p", "spam", "3"), (read.Id, read.Model, read.Version));
        var rows = TensorReader.Read(read.Inputs[0], read.Rows);
        Assert.Equal("a", rows.Texts(0)[0]);
        Assert.Null(rows.Texts(1)[0]);
    }

    [Fact]
    public void A_tensor_logged_in_part_is_described_by_the_summary_of_its_whole_row()
    {
        var read = Read("""
            {"time":"2026-11-20T09:00:00Z","data":{"rows":2,"inputs":[{"name":"image","datatype":"FP32","shape":[2,4],"stride":4,"digest":"xxh3:00","data":[9,8],
             "summaries":[{"mean":1,"std":2,"min":-3,"max":4,"zeros":0.25},{"mean":null,"std":null,"min":null,"max":null,"zeros":0}]}]}}
            """);
        var layout = new TensorLayout("image", "FP32");
        var values = FeatureValues.For(layout.Features);

        layout.Read(TensorReader.Read(read.Inputs[0], read.Rows), row: 0, values);

        Assert.Equal([1, 2, -3, 4, 0.25], values.Select(value => value.Numbers[0]));
        Assert.Equal(double.NaN, read.Inputs[0].Summaries[1].Mean);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{"rows":"two"}}""")]
    [InlineData("""{"time":"2026-11-20T09:00:00Z","data":{"rows":0}}""")]
    [InlineData("""{"time":"2026-11-20T09:00:00Z","data":{"rows":2000000000,"inputs":[{"name":"x","shape":[2,3],"data":[]}]}}""")]
    [InlineData("""{"id":"x","data":{"rows":1}}""")]
    [InlineData("""{"data":{"inputs":{}}}""")]
    [InlineData("""{"data":{"inputs":[1]}}""")]
    [InlineData("""{"data":{"inputs":[{"summaries":[1]}]}}""")]
    [InlineData("""{"data":{"timings":5}}""")]
    [InlineData("""{"time":"yesterday"}""")]
    [InlineData("""{"id":7}""")]
    public void A_member_of_the_wrong_type_is_said_to_be_so(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static LoggedPrediction Read(string json) => RecordReader.Read(Encoding.UTF8.GetBytes(json));
}
