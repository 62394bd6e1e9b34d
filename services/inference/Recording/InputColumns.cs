using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Recording;

/// <summary>How the cells of one feature are logged.</summary>
internal enum CellPolicy : byte
{
    Keep,
    Drop,
    Hash,
}

/// <summary>The named columns of one row of an input tensor, and which of them are hidden.</summary>
internal sealed class InputColumns(IReadOnlyList<string> names, CellPolicy[] policies, RedactionKey key)
{
    public static InputColumns None { get; } = new([], [], RedactionKey.None);

    /// <summary>Whether nothing is hidden.</summary>
    public bool KeepsAll { get; } = Array.TrueForAll(policies, policy => policy == CellPolicy.Keep);

    /// <summary>Columns that have a name.</summary>
    public int Count => names.Count;

    /// <summary>The names as a member of the tensor's record; empty when there are none.</summary>
    public byte[] EncodeNames() => names.Count == 0 ? [] : ByteBuffer.Encode(text =>
    {
        var start = text.BeginText();
        text.Write(",\"features\":["u8);
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) text.Write((byte)',');
            text.WriteString(names[i]);
        }

        text.Write((byte)']');
        text.EndText(start);
    });

    /// <summary>
    /// Writes one element as its column allows. One policy for a tensor without columns covers all of it; where the columns of
    /// a request are not those that were named, and something is to be hidden, everything is.
    /// </summary>
    public void WriteElement(ByteBuffer target, TensorBuffer tensor, int index, int perRow)
    {
        var policy = KeepsAll ? CellPolicy.Keep : PolicyOf(index, perRow);
        if (policy == CellPolicy.Keep) target.WriteElement(tensor, index);
        else if (policy == CellPolicy.Drop) target.Write("null"u8);
        else WriteHash(target, tensor, index);
    }

    private CellPolicy PolicyOf(int index, int perRow)
    {
        if (policies.Length == 1) return policies[0];
        return policies.Length == perRow ? policies[index % perRow] : CellPolicy.Drop;
    }

    private void WriteHash(ByteBuffer target, TensorBuffer tensor, int index)
    {
        using var value = new ByteBuffer();
        value.WriteElement(tensor, index);
        target.Write((byte)'"');
        key.WriteHash(target, value.Written);
        target.Write((byte)'"');
    }
}
