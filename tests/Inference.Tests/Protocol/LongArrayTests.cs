using System.Globalization;
using System.Text.Json;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>Long arrays are read by another way than short ones; what is JSON and what it means must not depend on it.</summary>
public sealed class LongArrayTests
{
    private static readonly string[] Ordinary =
        ["0.5", "-1.25", "0.12345678955316544", "12", "-0", "255.0", "1e-05", "123456.789012", "0.1234567", "0.00012345678901234567"];

    private static readonly string[] Wrong =
        ["", "-", "01", "-01.5", ".5", "5.", "+1", "1e", "1.5.2", "1 2", "0x1", "--1", "1-", "0.12345678901234x6", "true", "\u0001", "1\u0000", "[", "]", "\"1\""];

    private static readonly string[] Separators = [",", ", ", ",\n  ", " ,", "],[", "], [", " ],\r\n\t[ "];

    [Fact]
    public void Long_arrays_mean_what_they_mean_as_JSON()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var data = Next(random, length: random.Next(1, 200), wrong: null);
            var expected = Flatten(JsonDocument.Parse(data).RootElement).ToArray();

            var request = Schemas.Single(Datatype.FP32, -1).Read(Schemas.Body("FP32", $"[{expected.Length}]", data));
            Assert.Equal(expected, request.Inputs[0].AsSpan<float>().ToArray());
        }
    }

    [Fact]
    public void One_wrong_element_anywhere_in_a_long_array_is_refused()
    {
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var length = random.Next(30, 200);
            var data = Next(random, length, Wrong[random.Next(Wrong.Length)]);

            Schemas.Single(Datatype.FP32, -1).Refuse(Schemas.Body("FP32", $"[{length}]", data));
        }
    }

    /// <summary>An array, perhaps of arrays, one of whose elements is <paramref name="wrong"/> when that is given.</summary>
    private static string Next(Random random, int length, string? wrong)
    {
        var separators = random.Next(2) == 0 ? Separators[..1] : Separators[..random.Next(1, Separators.Length + 1)];
        var elements = Enumerable.Range(0, length).Select(_ => Ordinary[random.Next(Ordinary.Length)]).ToArray();
        if (wrong is not null) elements[random.Next(length)] = wrong;
        return "[[" + string.Concat(elements.SelectMany((element, i) => new[] { i == 0 ? "" : separators[random.Next(separators.Length)], element })) + "]]";
    }

    private static IEnumerable<float> Flatten(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Flatten)
        : [float.Parse(element.GetRawText(), CultureInfo.InvariantCulture)];
}
