using System.Text;
using System.Text.Json;
using Platform.Onnx.Sessions;

namespace Platform.Inference.Protocol;

/// <summary>Finds a tensor of the signature by the name in a request, without making a string of it.</summary>
internal sealed class TensorNames(IReadOnlyList<TensorSpec> tensors)
{
    private readonly byte[][] _names = [.. tensors.Select(tensor => Encoding.UTF8.GetBytes(tensor.Name))];

    /// <summary>The tensor's place in the signature, or -1 when the model has none of that name.</summary>
    public int Find(ref Utf8JsonReader name)
    {
        for (var i = 0; i < _names.Length; i++)
            if (name.ValueTextEquals(_names[i])) return i;
        return -1;
    }

    /// <inheritdoc cref="Find(ref Utf8JsonReader)"/>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
            if (name.SequenceEqual(_names[i])) return i;
        return -1;
    }
}
