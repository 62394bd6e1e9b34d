using System.Text.Json;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;
using Platform.Inference.Settings;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Recording;

public sealed class TensorRecorderTests
{
    // What Kafka's clients and brokers take when nobody says otherwise, less the rest of a record.
    private const int MessageBytes = 990_000;

    [Theory]
    [InlineData(Datatype.FP32)]
    [InlineData(Datatype.FP64)]
    [InlineData(Datatype.Int64)]
    public void However_many_tensors_a_request_has_its_record_fits_into_a_message(Datatype datatype)
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(datatype, [16, 1024]); // as many elements as are recorded whole
        if (datatype == Datatype.FP32) tensor.AsSpan<float>().Fill(-1.1754944e-38f); // the longest texts
        else if (datatype == Datatype.FP64) tensor.AsSpan<double>().Fill(-2.2250738585072014e-308);
        else tensor.AsSpan<long>().Fill(long.MinValue);
        var recorder = new TensorRecorder("x", InputColumns.None, new RecordingOptions());
        using var record = new ByteBuffer();

        record.Write(PackedRecord.Mark);
        var room = new RecordRoom(new RecordLimits(4 << 20, MessageBytes));
        for (var i = 0; i < 50; i++) recorder.Write(record, tensor, rows: 16, source: [], ref room, reserve: 20_000);

        Assert.InRange(PackedRecord.Unpack(record.Written).Length, MessageBytes / 3, MessageBytes);
    }

    [Theory]
    [InlineData(Datatype.FP32)]
    [InlineData(Datatype.FP64)]
    public void However_many_rows_a_request_has_its_record_fits_into_a_message(Datatype datatype)
    {
        using var tensor = new TensorBuffer();
        foreach (var rows in new[] { 6_000, 9_000, 1_000_000 })
        {
            tensor.Reset(datatype, [rows, 3]);
            if (datatype == Datatype.FP32) tensor.AsSpan<float>().Fill(-1.1754944e-38f);
            else tensor.AsSpan<double>().Fill(-2.2250738585072014e-308);

            Assert.InRange(Record(tensor, rows).GetRawText().Length, 1000, MessageBytes);
        }
    }

    [Theory]
    [InlineData(0x01, 200_000, 0)] // "\u0001"
    [InlineData((byte)'"', 200_000, 0)]
    [InlineData((byte)'x', 200_000, 1)]
    [InlineData((byte)'x', 300_000, 0)]
    public void Strings_count_by_what_they_take_as_JSON(byte letter, int length, int recorded)
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.Bytes, [1]);
        tensor.Append(Enumerable.Repeat(letter, length).ToArray());

        var record = Record(tensor, rows: 1);

        Assert.InRange(record.GetRawText().Length, 0, 256 << 10);
        Assert.Equal(recorded, record.GetProperty("data").GetArrayLength());
        Assert.Equal(recorded == 0, record.TryGetProperty("digest", out _));
    }

    /// <summary>A step that shares a divisor with the length of a row would see some columns only.</summary>
    [Theory]
    [InlineData(1_000, 20)]
    [InlineData(4_096, 64)]
    [InlineData(200_000, 1)]
    [InlineData(50, 1024)]
    public void Of_a_large_table_all_columns_are_sampled_alike(int rows, int width)
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.FP32, [rows, width]);
        for (var i = 0; i < rows * width; i++) tensor.AsSpan<float>()[i] = i % width;

        var record = Record(tensor, rows);

        var columns = record.GetProperty("data").EnumerateArray().Select(cell => cell.GetSingle()).ToArray();
        Assert.InRange(columns.Length, 1024, 2048);
        Assert.Equal(columns.Select((_, n) => (float)((long)n * record.GetProperty("stride").GetInt32() % width)), columns);
        var counts = columns.CountBy(column => column).Select(column => column.Value).ToArray();
        Assert.Equal(width, counts.Length);
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    private static JsonElement Record(TensorBuffer tensor, int rows)
    {
        using var record = new ByteBuffer();
        record.Write(PackedRecord.Mark);
        var room = new RecordRoom(new RecordLimits(4 << 20, MessageBytes));
        new TensorRecorder("x", InputColumns.None, new RecordingOptions()).Write(record, tensor, rows, source: [], ref room, reserve: 1000);
        return JsonDocument.Parse(PackedRecord.Unpack(record.Written)).RootElement;
    }
}
