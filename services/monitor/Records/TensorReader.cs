using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Monitor.Features;

namespace Platform.Monitor.Records;

/// <summary>Reads the elements of a tensor from JSON: of the prediction log, or of a reference row.</summary>
internal static class TensorReader
{
    /// <summary>The tensor by row. Throws <see cref="JsonException"/> where the elements are not a flat array.</summary>
    /// <param name="tensor">A logged tensor.</param>
    /// <param name="rows">The rows that it holds.</param>
    public static TensorRows Read(LoggedTensorSlice tensor, int rows)
    {
        var rowSize = Math.Max(1, tensor.Elements / rows);
        if (tensor.Datatype == Datatypes.Bytes)
            return TensorRows.OfTexts(Texts(tensor.Data.Span), tensor.Stride, rowSize);
        return Datatypes.IsLong(tensor.Datatype)
            ? TensorRows.OfWholes(Wholes(tensor.Data.Span), tensor.Stride, rowSize, tensor.Summaries)
            : TensorRows.OfNumbers(Numbers(tensor.Data.Span), tensor.Stride, rowSize, tensor.Summaries);
    }

    /// <summary>One reference row of a tensor, its numbers as the log would write them.</summary>
    public static TensorRows ReadRow(JsonElement values, string datatype)
    {
        var json = JsonMarshal.GetRawUtf8Value(values);
        if (datatype == Datatypes.Bytes)
        {
            var texts = Texts(json);
            return TensorRows.OfTexts(texts, stride: 1, Math.Max(1, texts.Length));
        }

        if (Datatypes.IsLong(datatype))
        {
            var wholes = Wholes(json);
            return TensorRows.OfWholes(wholes, stride: 1, Math.Max(1, wholes.Length));
        }

        var numbers = Array.ConvertAll(Numbers(json), number => Precision.AsLogged(number, datatype));
        return TensorRows.OfNumbers(numbers, stride: 1, Math.Max(1, numbers.Length));
    }

    // A null, and a text in a numeric tensor (a feature that was hashed), is no number: NaN.
    private static double[] Numbers(ReadOnlySpan<byte> json)
    {
        var values = new List<double>();
        var reader = Start(json);
        while (NextElement(ref reader))
        {
            values.Add(reader.TokenType switch
            {
                JsonTokenType.Number => reader.GetDouble(),
                JsonTokenType.True => 1,
                JsonTokenType.False => 0,
                _ => double.NaN,
            });
        }

        return [.. values];
    }

    private static Int128[] Wholes(ReadOnlySpan<byte> json)
    {
        var values = new List<Int128>();
        var reader = Start(json);
        while (NextElement(ref reader))
            values.Add(reader.TokenType == JsonTokenType.Number ? Whole(ref reader) : TensorRows.Missing);
        return [.. values];
    }

    private static Int128 Whole(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return whole;
        return reader.TryGetUInt64(out var large) ? large : throw new JsonException("A 64-bit element is no whole number of 64 bits.");
    }

    private static string?[] Texts(ReadOnlySpan<byte> json)
    {
        var values = new List<string?>();
        var reader = Start(json);
        while (NextElement(ref reader))
            values.Add(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
        return [.. values];
    }

    private static Utf8JsonReader Start(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray
            ? reader
            : throw new JsonException("The elements of a tensor are a flat array.");
    }

    private static bool NextElement(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            return false;
        return reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
            ? throw new JsonException("The elements of a tensor are a flat array.")
            : true;
    }
}
