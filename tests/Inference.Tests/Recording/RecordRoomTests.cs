using System.Text;
using System.Text.Json;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;
using Platform.Inference.Settings;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Recording;

public sealed class RecordRoomTests
{
    private static readonly RecordLimits Limits = new(PackedBytes: (4 << 20) - 4096, JsonBytes: 1_000_000 - 4096);
    private static readonly Datatype[] Datatypes = Enum.GetValues<Datatype>();

    /// <summary>
    /// Over numbers of tensors, types, shapes, notations, hidden columns and texts that JSON escapes: what a record says of its tensors fits, is
    /// JSON, and says of each at least what it was.
    /// </summary>
    [Fact]
    public void Whatever_a_request_holds_its_tensors_fit_and_each_is_told_of()
    {
        var (whole, sampled, named) = (0, 0, 0);
        for (var seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(4) switch { 0 => random.Next(1, 4), 1 => random.Next(4, 12), 2 => random.Next(12, 60), _ => random.Next(60, 2000) };
            var tensors = Write(random, count);
            Assert.Equal(count, tensors.Count);
            foreach (var tensor in tensors)
            {
                var isWhole = !tensor.TryGetProperty("digest", out _);
                if (isWhole) whole++;
                else if (tensor.GetProperty("data").GetArrayLength() > 0) sampled++;
                else named++;
                if (isWhole) Assert.Equal(tensor.GetProperty("shape").EnumerateArray().Aggregate(1L, (n, size) => n * size.GetInt64()), tensor.GetProperty("data").GetArrayLength());
            }
        }

        Assert.True(whole > 1000 && sampled > 20 && named > 20, $"{whole} whole, {sampled} sampled, {named} by name");
    }

    /// <summary>The longest texts that FP32 has: what 16 rows of four inputs of 1,024 numbers take, and their answer beside them.</summary>
    [Fact]
    public void Sixteen_rows_of_four_inputs_of_a_thousand_single_numbers_stay_whole_however_long_they_are()
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.FP32, [16, 1024]);
        tensor.AsSpan<float>().Fill(-1.1754944e-38f);

        var tensors = Write(Enumerable.Range(0, 4).Select(_ => (tensor, Array.Empty<byte>())).ToList(), InputColumns.None, rows: 16);

        Assert.All(tensors, written => Assert.Equal(16_384, written.GetProperty("data").GetArrayLength()));
    }

    /// <summary>Mixed with single numbers, of which a few bytes become many, the fourth of these once came on top of what was full.</summary>
    [Fact]
    public void Single_and_double_numbers_side_by_side_fit()
    {
        using var singles = new TensorBuffer();
        singles.Reset(Datatype.FP32, [16, 1020]);
        singles.AsSpan<float>().Fill(-1.1754944e-38f);
        using var doubles = new TensorBuffer();
        doubles.Reset(Datatype.FP64, [16, 1024]);
        doubles.AsSpan<double>().Fill(-2.2250738585072014e-308);

        var tensors = Write([(singles, []), (singles, []), (singles, []), (doubles, [])], InputColumns.None, rows: 16);

        Assert.All(tensors.Take(3), written => Assert.False(written.TryGetProperty("digest", out _)));
        Assert.InRange(tensors[3].GetProperty("data").GetArrayLength(), 1024, 2048);
    }

    [Fact]
    public void Columns_whose_names_are_too_much_go_unnamed()
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.FP32, [1, 1024]);
        var names = Enumerable.Range(0, 1024).Select(n => new string('\u0001', 500) + n).ToList();

        var written = Assert.Single(Write([(tensor, [])], new InputColumns(names, new CellPolicy[1024], RedactionKey.None), rows: 1));

        Assert.False(written.TryGetProperty("features", out _));
        Assert.Equal(0, written.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public void Where_a_page_is_small_a_record_fits_on_it()
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.FP32, [16, 1024]); // zeros: four bytes each on the page, two as JSON
        using var record = new ByteBuffer();
        record.Write(PackedRecord.Mark);
        var room = new RecordRoom(new RecordLimits(PackedBytes: 61_440, JsonBytes: 995_904));

        for (var i = 0; i < 3; i++)
            new TensorRecorder("x", InputColumns.None, new RecordingOptions()).Write(record, tensor, rows: 16, source: [], ref room, reserve: 2000);

        Assert.InRange(record.Length, 8_000, 61_440);
    }

    private static List<JsonElement> Write(Random random, int count)
    {
        var rows = random.Next(1, 65);
        var isHidden = random.Next(5) == 0; // hashes take their time
        var most = random.Next(5) == 0 ? 40_000 / (1 + count / 20) : Math.Min(16_384, (isHidden ? 60_000 : 400_000) / count + 10);
        var tensors = Enumerable.Range(0, count).Select(_ => Tensor(random, rows, random.Next(1, Math.Max(2, most / rows)))).ToList();
        var columns = isHidden ? new InputColumns([], [CellPolicy.Hash], new RedactionKey(new byte[32])) : InputColumns.None;
        try
        {
            return Write(tensors, columns, rows);
        }
        finally
        {
            foreach (var (tensor, _) in tensors) tensor.Dispose();
        }
    }

    private static List<JsonElement> Write(List<(TensorBuffer Tensor, byte[] Source)> tensors, InputColumns columns, int rows)
    {
        using var record = new ByteBuffer();
        record.Write(PackedRecord.Mark);
        var room = new RecordRoom(Limits);
        for (var i = 0; i < tensors.Count; i++)
        {
            if (i > 0) record.Write(RecordPhrase.Comma);
            var reserve = 1024 + (tensors.Count - 1 - i) * (long)TensorRecorder.LeastBytes("x", 2);
            new TensorRecorder("x", columns, new RecordingOptions()).Write(record, tensors[i].Tensor, rows, tensors[i].Source, ref room, reserve);
        }

        Assert.InRange(record.Length, 1, Limits.PackedBytes);
        var json = PackedRecord.Unpack(record.Written);
        Assert.InRange(json.Length, 1, Limits.JsonBytes);
        return [.. JsonDocument.Parse($"[{Encoding.UTF8.GetString(json)}]").RootElement.EnumerateArray()];
    }

    private static (TensorBuffer Tensor, byte[] Source) Tensor(Random random, int rows, int width)
    {
        var tensor = new TensorBuffer();
        var datatype = Datatypes[random.Next(Datatypes.Length)];
        tensor.Reset(datatype, [rows, width]);
        if (datatype == Datatype.Bytes)
        {
            var text = Encoding.UTF8.GetBytes(new string("x\u0001\"é"[random.Next(4)], random.Next(0, 60)));
            for (var i = 0; i < rows * width; i++) tensor.Append(text);
            return (tensor, []);
        }

        if (datatype == Datatype.FP64) return (tensor, Doubles(random, tensor));
        if (datatype == Datatype.FP32) foreach (ref var value in tensor.AsSpan<float>()) value = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(uint.MaxValue));
        else if (datatype == Datatype.Int64) foreach (ref var value in tensor.AsSpan<long>()) value = random.NextInt64(long.MinValue, long.MaxValue);
        return (tensor, []);
    }

    /// <summary>As the caller may have written them, with blanks between.</summary>
    private static byte[] Doubles(Random random, TensorBuffer tensor)
    {
        foreach (ref var value in tensor.AsSpan<double>()) value = random.NextDouble() * Math.Pow(10, random.Next(-300, 300));
        if (random.Next(2) == 0) return [];
        var text = string.Join(random.Next(2) == 0 ? ", " : " ,      ", tensor.AsSpan<double>().ToArray().Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        return Encoding.UTF8.GetBytes($"[{text}]");
    }
}
