using System.Text;

namespace Platform.Registry.Tests.Fuzzing;

/// <summary>
/// Makes a hostile file of a good one, the same for the same seed: bytes that are no file any more, and files that are well formed but say
/// what nobody expects (sizes, types, names, circles, depths, weights of another length).
/// </summary>
internal sealed class FileMutator(int seed)
{
    private static readonly long[] Numbers =
        [0, 1, 2, 3, 7, 8, 11, 16, 64, 127, 1000, 65_536, 1 << 24, int.MaxValue, 1L << 32, 1L << 40, long.MaxValue, -1, -2, int.MinValue, long.MinValue];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] file)
    {
        if (_random.Next(4) == 0) return Times(1, 8, file, Scratch);
        var root = FileFields.Read(file);
        for (var left = _random.Next(1, 4); left > 0; left--) Change(root);
        var changed = FileFields.Write(root);
        return _random.Next(8) == 0 ? Scratch(changed) : changed;
    }

    private byte[] Times(int least, int most, byte[] file, Func<byte[], byte[]> change)
    {
        for (var left = _random.Next(least, most); left > 0; left--) file = change(file);
        return file;
    }

    /// <summary>Changes bytes without regard to what they mean.</summary>
    private byte[] Scratch(byte[] file)
    {
        if (file.Length == 0) return file;
        // Where structure is, at both ends, rather than among weights.
        var at = _random.Next(2) == 0 ? _random.Next(file.Length) : _random.Next(Math.Min(file.Length, 400));
        var copy = (byte[])file.Clone();
        switch (_random.Next(5))
        {
            case 0: copy[at] ^= (byte)(1 << _random.Next(8)); return copy;
            case 1: copy[at] = (byte)_random.Next(256); return copy;
            case 2: return file[..at];
            case 3: return [.. file[..at], .. file[at..Math.Min(file.Length, at + _random.Next(64))], .. file[at..]];
            default: return [.. file[..at], .. file[Math.Min(file.Length, at + _random.Next(64))..]];
        }
    }

    private void Change(FileField root)
    {
        var messages = Messages(root).ToList();
        var message = messages[_random.Next(messages.Count)];
        if (message.Fields is not { Count: > 0 } fields) return;
        var at = _random.Next(fields.Count);
        switch (_random.Next(10))
        {
            case 0: fields.RemoveAt(at); break;
            case 1: fields.Insert(at, fields[at].Copy()); break;
            case 2: Exchange(messages, fields, at); break;
            case 3: Nest(root); break;
            case 4: Close(root); break;
            default: Change(messages, root); break;
        }
    }

    /// <summary>Changes one value: of numbers and names there are few, so that each is hit.</summary>
    private void Change(List<FileField> messages, FileField root)
    {
        var leaves = messages.SelectMany(message => message.Fields!).Where(field => field.Fields is null).ToList();
        if (leaves.Count == 0) return;
        var leaf = leaves[_random.Next(leaves.Count)];
        if (leaf.Wire == 0) leaf.Value = (ulong)Numbers[_random.Next(Numbers.Length)];
        else if (leaf.Wire == 2) leaf.Bytes = OtherBytes(leaf.Bytes, root);
        else _random.NextBytes(leaf.Bytes);
    }

    private byte[] OtherBytes(byte[] bytes, FileField root)
    {
        var others = Messages(root).SelectMany(message => message.Fields!).Where(field => field is { Wire: 2, Fields: null, Bytes.Length: < 200 }).ToList();
        return _random.Next(6) switch
        {
            0 => [],
            1 => bytes[..(bytes.Length / 2)],
            2 => [.. bytes, .. bytes],
            3 when bytes.Length >= 8 => [.. BitConverter.GetBytes(Numbers[_random.Next(Numbers.Length)]), .. bytes[8..]],
            4 => Encoding.UTF8.GetBytes(new string('x', _random.Next(1, 70_000))),
            _ => others.Count == 0 ? [] : others[_random.Next(others.Count)].Bytes,
        };
    }

    /// <summary>Puts another message of the same kind in its place: a node where a node is, an attribute where an attribute is.</summary>
    private void Exchange(List<FileField> messages, List<FileField> fields, int at)
    {
        var alike = messages.Where(message => message.Message == fields[at].Message && message.Number == fields[at].Number).ToList();
        if (alike.Count > 0) fields[at] = alike[_random.Next(alike.Count)].Copy();
    }

    /// <summary>Puts the graph into an attribute of one of its own nodes, several times over.</summary>
    private void Nest(FileField root)
    {
        for (var depth = _random.Next(1, 30); depth > 0; depth--)
        {
            if (root.Fields!.Find(field => field.Message == "graph") is not { } graph || FileFields.Write(graph).Length > 4000) return;
            if (graph.Fields!.Find(field => field.Message == "node") is not { } node) return;
            var inner = new FileField { Number = 6, Wire = 2, Message = "graph", Fields = graph.Copy().Fields };
            var name = new FileField { Number = 1, Wire = 2, Bytes = Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? "body" : "then_branch") };
            node.Fields!.Add(new FileField { Number = 5, Wire = 2, Message = "attribute", Fields = [name, inner, new FileField { Number = 20, Wire = 0, Value = 5 }] });
        }
    }

    /// <summary>Lets a node read what a later one gives.</summary>
    private void Close(FileField root)
    {
        var nodes = Messages(root).Where(message => message.Message == "node").ToList();
        if (nodes.Count == 0) return;
        var (reader, giver) = (nodes[_random.Next(nodes.Count)], nodes[_random.Next(nodes.Count)]);
        if (reader.Fields!.Find(field => field.Number == 1) is { } input && giver.Fields!.Find(field => field.Number == 2) is { } output) input.Bytes = [.. output.Bytes];
    }

    private static IEnumerable<FileField> Messages(FileField field) =>
        field.Fields is null ? [] : field.Fields.SelectMany(Messages).Prepend(field);
}
