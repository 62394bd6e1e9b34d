using Google.Protobuf;

namespace Platform.Inference.Tests.Protocol;

/// <summary>Other bytes for the same message: what protobuf leaves to who writes it.</summary>
internal static class WireForms
{
    private const int Contents = 5;

    // Of InferTensorContents: bytes of one number, 0 for a varint.
    private static readonly Dictionary<int, int> Widths = new() { [1] = 0, [2] = 0, [3] = 0, [4] = 0, [5] = 0, [6] = sizeof(float), [7] = sizeof(double) };

    /// <summary>Fields in another order, numbers packed or not, unknown fields between; the fields of one number keep their order.</summary>
    public static byte[] OfRequest(byte[] request, Random random) => Mix(request, random, (field, value) => field == 5 ? OfInput(value, random) : value);

    private static byte[] OfInput(byte[] input, Random random) => Mix(input, random, (field, value) => field == Contents ? OfContents(value, random) : value);

    private static byte[] OfContents(byte[] contents, Random random)
    {
        var fields = new List<byte[]>();
        foreach (var (field, _, whole, value) in Split(contents))
            fields.AddRange(Widths.TryGetValue(field, out var width) ? Repack(field, width, value, random) : [whole]);
        return [.. fields.SelectMany(field => field)];
    }

    /// <summary>The numbers of a packed field in several fields, some of them of a single number without a length.</summary>
    private static IEnumerable<byte[]> Repack(int field, int width, byte[] packed, Random random)
    {
        var numbers = Numbers(packed, width).ToList();
        for (var at = 0; at < numbers.Count;)
        {
            var some = numbers.Skip(at).Take(random.Next(1, numbers.Count - at + 1)).ToList();
            at += some.Count;
            if (some.Count > 1 || random.Next(2) == 0) yield return Field(field, [.. some.SelectMany(number => number)]);
            else yield return [.. Varint((ulong)((field << 3) | (width switch { 0 => 0, sizeof(float) => 5, _ => 1 }))), .. some[0]];
        }
    }

    private static IEnumerable<byte[]> Numbers(byte[] packed, int width)
    {
        for (int start = 0, end = 0; start < packed.Length; start = end)
        {
            if (width > 0) end += width;
            else while (packed[end++] >= 0x80) continue;
            yield return packed[start..end];
        }
    }

    private static byte[] Mix(byte[] message, Random random, Func<int, byte[], byte[]> change)
    {
        var queues = Split(message).GroupBy(field => field.Number)
            .Select(fields => new Queue<byte[]>(fields.Select(field => field.IsBytes ? Field(field.Number, change(field.Number, field.Value)) : field.Whole))).ToList();
        var mixed = new List<byte>();
        while (queues.Count > 0)
        {
            if (random.Next(4) == 0) mixed.AddRange(Unknown(random));
            var queue = queues[random.Next(queues.Count)];
            mixed.AddRange(queue.Dequeue());
            if (queue.Count == 0) queues.Remove(queue);
        }

        return [.. mixed];
    }

    private static byte[] Unknown(Random random) => random.Next(4) switch
    {
        0 => [.. Varint(100 << 3), .. Varint((ulong)random.NextInt64())],
        1 => [.. Varint((101 << 3) | 1), .. new byte[8]],
        2 => [.. Varint((5000 << 3) | 5), .. new byte[4]],
        _ => Field(99, new byte[random.Next(200)]),
    };

    private static List<(int Number, bool IsBytes, byte[] Whole, byte[] Value)> Split(byte[] message)
    {
        var fields = new List<(int, bool, byte[], byte[])>();
        using var input = new CodedInputStream(message);
        for (var start = 0; input.ReadTag() is > 0 and var tag; start = (int)input.Position)
        {
            var isBytes = (tag & 7) == 2;
            var value = isBytes ? input.ReadBytes().ToByteArray() : [];
            if (!isBytes) input.SkipLastField();
            fields.Add(((int)(tag >> 3), isBytes, message[start..(int)input.Position], value));
        }

        return fields;
    }

    private static byte[] Field(int number, byte[] value) => [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)value.Length), .. value];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
