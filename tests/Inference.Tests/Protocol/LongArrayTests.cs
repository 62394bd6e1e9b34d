using System.Globalization;
using System.Text.Json;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>Long arrays are read by another way than short ones; what is JSON and what it means must not depend on it.</summary>
public sealed class LongArrayTests
{
    private static readonly string[] Ordinary =
        ["0.5", "-1.25", "0.12345678955316544", "12", "-0", "255.0", "1e-05", "123456.789012", "0.1234567", "0.00012345678901234567"];

    private static readonly string[] Whole = ["0", "-1", "255", "12345678", "-123456789", "9007199254740993", "-9223372036854775808"];

    private static readonly string[] Wrong =
        ["", "-", "01", "-01.5", ".5", "5.", "+1", "1e", "1.5.2", "1 2", "0x1", "--1", "1-", "0.12345678901234x6", "true", "\u0001", "1\u0000", "[", "]", "\"1\""];

    private static readonly string[] Separators = [",", ", ", ",\n  ", " ,", "],[", "], [", " ],\r\n\t[ "];

    [Fact]
    public void Long_arrays_of_FP32_mean_what_they_mean_as_JSON() =>
        AssertMeaning(Datatype.FP32, Ordinary, static text => float.Parse(text, CultureInfo.InvariantCulture));

    [Fact]
    public void Long_arrays_of_FP64_mean_what_they_mean_as_JSON() =>
        AssertMeaning(Datatype.FP64, Ordinary, static text => double.Parse(text, CultureInfo.InvariantCulture));

    [Fact]
    public void Long_arrays_of_INT64_mean_what_they_mean_as_JSON() =>
        AssertMeaning(Datatype.Int64, Whole, static text => long.Parse(text, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("FP32")]
    [InlineData("FP64")]
    [InlineData("INT64")]
    public void One_wrong_element_anywhere_in_a_long_array_is_refused(string datatype)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));
        var random = new Random(6);
        for (var i = 0; i < 1_000; i++)
        {
            var length = random.Next(30, 200);
            var data = Next(random, length, type == Datatype.Int64 ? Whole : Ordinary, Wrong[random.Next(Wrong.Length)]);

            Schemas.Single(type, -1).Refuse(Schemas.Body(datatype, $"[{length}]", data));
        }
    }

    private static void AssertMeaning<T>(Datatype datatype, string[] elements, Func<string, T> parse) where T : unmanaged
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++)
        {
            var data = Next(random, random.Next(1, 200), elements, wrong: null);
            var expected = Flatten(JsonDocument.Parse(data).RootElement).Select(parse).ToArray();

            var request = Schemas.Single(datatype, -1).Read(Schemas.Body(datatype.Name(), $"[{expected.Length}]", data));
            Assert.Equal(expected, request.Inputs[0].AsSpan<T>().ToArray());
        }
    }

    /// <summary>An array of arrays, one of whose elements is <paramref name="wrong"/> when that is given.</summary>
    private static string Next(Random random, int length, string[] choice, string? wrong)
    {
        var separators = random.Next(2) == 0 ? Separators[..1] : Separators[..random.Next(1, Separators.Length + 1)];
        var elements = Enumerable.Range(0, length).Select(_ => choice[random.Next(choice.Length)]).ToArray();
        if (wrong is not null) elements[random.Next(length)] = wrong;
        return "[[" + string.Concat(elements.SelectMany((element, i) => new[] { i == 0 ? "" : separators[random.Next(separators.Length)], element })) + "]]";
    }

    private static IEnumerable<string> Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element.GetRawText()];
}
