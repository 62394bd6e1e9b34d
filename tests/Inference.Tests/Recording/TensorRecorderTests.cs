using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;
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
        for (var i = 0; i < 50; i++) recorder.Write(record, tensor, rows: 16, source: []);

        Assert.InRange(PackedRecord.Unpack(record.Written).Length, MessageBytes / 3, MessageBytes);
    }
}
