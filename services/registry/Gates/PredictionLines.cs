using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;

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
            for (var i = row * width; i < (row + 1) * width; i++) WriteElement(lines.Json, tensor.Values.GetValue(i)!);
            lines.Json.WriteEndArray();
        }
        lines.Json.WriteEndObject();
        lines.End();
    }

    /// <summary>Keeps the place of a row that was not asked.</summary>
    public void WriteNone() => Write(new Dictionary<string, Tensor>(), 0, 1);

    private static void WriteElement(Utf8JsonWriter json, object element)
    {
        switch (element)
        {
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case float number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case Half number: json.WriteNumberValue((float)number); break;
            case ulong number: json.WriteNumberValue(number); break;
            default: json.WriteNumberValue(Convert.ToInt64(element)); break;
        }
    }
}
