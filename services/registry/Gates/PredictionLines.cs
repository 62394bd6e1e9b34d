using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.Registry.References;

namespace Platform.Registry.Gates;

/// <summary>Writes answers as JSON lines of <see cref="ReferencePrediction"/>.</summary>
internal sealed class PredictionLines(JsonLineWriter lines)
{
    /// <summary>Writes the answer to row <paramref name="row"/> of <paramref name="rows"/> in a call.</summary>
    public void Write(IReadOnlyDictionary<string, Tensor> outputs, int row, int rows)
    {
        lines.Begin();
        lines.Json.WriteStartObject("outputs");
        foreach (var (name, tensor) in outputs)
        {
            lines.Json.WriteStartArray(name);
            var width = tensor.Values.Length / rows;
            WriteElements(lines.Json, tensor.Values, row * width, width);
            lines.Json.WriteEndArray();
        }
        lines.Json.WriteEndObject();
        lines.End();
    }

    /// <summary>Keeps the place of a row that was not asked.</summary>
    public void WriteNone() => Write(new Dictionary<string, Tensor>(), 0, 1);

    private static void WriteElements(Utf8JsonWriter json, Array values, int start, int count)
    {
        switch (values)
        {
            case float[] numbers: foreach (var number in numbers.AsSpan(start, count)) json.WriteNumberValue(number); break;
            case double[] numbers: foreach (var number in numbers.AsSpan(start, count)) json.WriteNumberValue(number); break;
            case Half[] numbers: foreach (var number in numbers.AsSpan(start, count)) json.WriteNumberValue((float)number); break;
            case ulong[] numbers: foreach (var number in numbers.AsSpan(start, count)) json.WriteNumberValue(number); break;
            case bool[] flags: foreach (var flag in flags.AsSpan(start, count)) json.WriteBooleanValue(flag); break;
            case string[] texts: foreach (var text in texts.AsSpan(start, count)) json.WriteStringValue(text); break;
            default: for (var i = start; i < start + count; i++) json.WriteNumberValue(Convert.ToInt64(values.GetValue(i))); break;
        }
    }
}
