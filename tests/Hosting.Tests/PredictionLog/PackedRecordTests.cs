using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Packing;

namespace Platform.Hosting.Tests.PredictionLog;

/// <summary>The tokens are given by their numbers: these lie on disks, and must mean the same for ever.</summary>
public sealed class PackedRecordTests
{
    private const byte Text = 128, String = 129, Whole = 130, Wholes = 131, Single = 132, Singles = 133, Digest = 134, Time = 135;

    private static readonly byte[] Everything =
    [
        1, 0, .. Words("m"), 1, .. Words("id"), 2, Time, .. Ticks(new DateTime(2026, 3, 4, 5, 6, 7, 8, DateTimeKind.Utc)), 3, .. Words("00-t"),
        4, .. Words("1"), 5, .. Words("champion"), 6, .. Words("key"), 7, .. Words("r"), 8, .. Words("t"),
        9, .. Words("succeeded"), 10, .. Words("none"), 11, Whole, 0xAC, 0x02,
        12, 14, .. Words("x"), 15, .. Words("FP32"), 16, Wholes, 2, 2, 0xE8, 0x07, Text, 7, .. ",\"a\":[]"u8, 17, Whole, 250, 1,
        18, Digest, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
        19, 20, .. Float(0.1f), 21, .. Float(1e-20f), 22, .. Float(-3), 23, .. Float(float.NaN), 24, .. Float(0), 34, 25,
        26, Singles, 2, .. Float(1.5f)[1..], .. Float(float.PositiveInfinity)[1..], 34, 33, 14, .. Words("y"), 34,
        13, 27, Whole, 1, 28, Whole, 0, 29, Whole, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 30, Whole, 4, 31, Whole, 32, 32, .. Words("cpu"), 35,
    ];

    [Fact]
    public void Every_phrase_and_value_means_what_it_always_did() => Assert.Equal(
        """
        {"specversion":"1.0","source":"/inference","type":"predictions.prediction-logged.v1","datacontenttype":"application/json","subject":"m"
        ,"id":"id","time":"2026-03-04T05:06:07.0080000+00:00","traceparent":"00-t","data":{"version":"1","route":"champion","routeKey":"key"
        ,"requestId":"r","traceId":"t","status":"succeeded","error":"none","rows":300
        ,"inputs":[{"name":"x","datatype":"FP32","shape":[2,1000],"a":[],"stride":250,"digest":"xxh3:0123456789abcdef"
        ,"summaries":[{"mean":0.1,"std":1E-20,"min":-3,"max":null,"zeros":0}],"data":[1.5,null]},{"name":"y"}],"outputs":[]
        ,"timings":{"queueMicros":1,"batchMicros":0,"computeMicros":9223372036854775807,"totalMicros":4},"batchSize":32,"device":"cpu"}}
        """.ReplaceLineEndings(""), Unpack(Everything));

    [Fact]
    public void The_head_says_what_the_contract_says()
    {
        var read = JsonSerializer.Deserialize<PredictionLogged>(Unpack(Everything), PlatformJson.Tolerant)!;
        var contract = new PredictionLogged();

        Assert.Equal((contract.SpecVersion, contract.Source, contract.Type, contract.DataContentType), (read.SpecVersion, read.Source, read.Type, read.DataContentType));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\", \\ and a \u0001 control")]
    [InlineData("Grüße, 世界, 🌍")]
    [InlineData("")]
    public void A_string_is_read_as_it_was_written(string text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>(Unpack([PackedRecord.Mark, .. Words(text)])));

    [Fact]
    public void A_string_longer_than_a_piece_is_read_as_it_was_written()
    {
        var text = string.Concat(Enumerable.Repeat("a\"é世🌍\u0002", 2000));

        Assert.Equal(text, JsonSerializer.Deserialize<string>(Unpack([PackedRecord.Mark, .. Words(text)])));
    }

    [Fact]
    public void A_string_that_is_not_UTF8_is_still_a_string() =>
        Assert.Equal("a\uFFFDb", JsonSerializer.Deserialize<string>(Unpack([PackedRecord.Mark, String, 3, (byte)'a', 0xFF, (byte)'b'])));

    [Fact]
    public void A_length_may_be_written_in_more_bytes_than_it_needs() =>
        Assert.Equal("null", Unpack([PackedRecord.Mark, Text, 0x84, 0x80, 0x80, 0x00, .. "null"u8]));

    [Fact]
    public void JSON_is_not_taken_for_a_packed_record()
    {
        Assert.False(PackedRecord.Is("{}"u8));
        Assert.False(PackedRecord.Is([]));
        Assert.True(PackedRecord.Is(Everything));
    }

    [Theory]
    [InlineData("80 FFFFFFFF0F", "a text of 4 GiB")]
    [InlineData("85 FFFFFFFF07", "an array of two billion FP32")]
    [InlineData("83 FFFFFFFF07", "an array of two billion whole numbers")]
    [InlineData("82 FFFFFFFFFFFFFFFFFFFF01", "a whole number of 71 bits")]
    [InlineData("87 FFFFFFFFFFFFFFFF", "a time before all times")]
    [InlineData("24", "a phrase that there is not")]
    [InlineData("FF", "a value that there is not")]
    public void What_cannot_be_is_refused(string tokens, string what)
    {
        var record = Convert.FromHexString("01" + tokens.Replace(" ", ""));

        Assert.True(TryUnpack(record) is null, what);
    }

    [Fact]
    public void A_record_cut_anywhere_is_refused_or_shorter_and_nothing_else()
    {
        var whole = Unpack(Everything);
        for (var length = 1; length < Everything.Length; length++)
            if (TryUnpack(Everything.AsSpan(0, length)) is { } json) Assert.StartsWith(json, whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_any_byte_changed_is_refused_or_read_and_nothing_else()
    {
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = Everything.ToArray();
            damaged[random.Next(1, damaged.Length)] = (byte)random.Next(256);
            if (TryUnpack(damaged) is null) refused++;
        }

        Assert.InRange(refused, 1, 19_999);
    }

    private static string Unpack(ReadOnlySpan<byte> record) => Encoding.UTF8.GetString(PackedRecord.Unpack(record));

    private static string? TryUnpack(ReadOnlySpan<byte> record)
    {
        try
        {
            return Unpack(record);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Words(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = utf8.Length < 128 ? [(byte)utf8.Length] : [(byte)(utf8.Length & 0x7F | 0x80), (byte)(utf8.Length >> 7 & 0x7F | 0x80), (byte)(utf8.Length >> 14)];
        return [String, .. length, .. utf8];
    }

    private static byte[] Float(float value)
    {
        var bytes = new byte[1 + sizeof(float)];
        bytes[0] = Single;
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Ticks(DateTime time)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time.Ticks);
        return bytes;
    }
}
