using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>Strings of a BYTES tensor in JSON.</summary>
internal static class JsonStrings
{
    // A string ends, is escaped, or is broken by a control character, which JSON does not allow in the open.
    private static readonly SearchValues<byte> Special =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    /// <summary>Appends the string at <paramref name="position"/> to <paramref name="target"/>; the position moves behind it.</summary>
    public static ElementProblem Append(ReadOnlySpan<byte> json, ref int position, TensorBuffer target)
    {
        if (position >= json.Length || json[position] != '"') return ElementProblem.WrongType;

        var start = position + 1;
        var length = json[start..].IndexOfAny(Special);
        if (length < 0) return ElementProblem.Malformed;
        if (json[start + length] != '"') return AppendEscaped(json, ref position, target);

        var text = json.Slice(start, length);
        if (!Utf8.IsValid(text)) return ElementProblem.NotText;
        target.Append(text);
        position = start + length + 1;
        return ElementProblem.None;
    }

    /// <summary>Moves from a string's opening quote to its closing one.</summary>
    public static bool TryFindEnd(ReadOnlySpan<byte> json, ref int position)
    {
        for (var at = position + 1; at < json.Length; at++)
        {
            var next = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) return false;
            at += next;
            if (json[at] == '"')
            {
                position = at;
                return true;
            }

            at++; // what is escaped cannot end the string
        }

        return false;
    }

    private static ElementProblem AppendEscaped(ReadOnlySpan<byte> json, ref int position, TensorBuffer target)
    {
        var end = position;
        if (!TryFindEnd(json, ref end)) return ElementProblem.Malformed;
        var token = json[position..(end + 1)];
        try
        {
            var reader = new Utf8JsonReader(token);
            reader.Read();
            target.Commit(reader.CopyString(target.Reserve(token.Length)));
        }
        catch (JsonException)
        {
            return ElementProblem.Malformed;
        }
        catch (InvalidOperationException)
        {
            return ElementProblem.NotText; // half of a surrogate pair, or bytes that are not UTF-8
        }

        position = end + 1;
        return ElementProblem.None;
    }
}
