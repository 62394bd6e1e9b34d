using Platform.Onnx.Bundles;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Inspection;

/// <summary>What a tensor says of itself, as far as its values may lie in another file.</summary>
internal sealed class ExternalTensor
{
    private const int MaxDimensions = 64;

    private readonly List<long> _shape = [];
    private int _type;
    private string _name = "";

    /// <summary>Where its values lie.</summary>
    public ExternalPlace Place { get; } = new();

    public bool IsElsewhere => Place.IsExternal || Place.Location.Length > 0;

    /// <summary>Reads or passes over the current field.</summary>
    public void ReadField(ProtobufReader reader)
    {
        if (Place.TryRead(reader)) return;
        if (reader.Is(1, WireType.Varint)) AddSize((long)reader.ReadVarint());
        else if (reader.Is(1, WireType.Bytes)) ReadSizes(reader);
        else if (reader.Is(2, WireType.Varint)) _type = (int)Math.Min(reader.ReadVarint(), int.MaxValue);
        else if (reader.Is(8, WireType.Bytes)) _name = reader.ReadText();
        else reader.SkipField();
    }

    /// <summary>Why its values cannot be had of the files that came with the model, a sentence; null where they can.</summary>
    public string? FindProblem(IReadOnlyDictionary<string, BundledFile> files)
    {
        var (tensor, name) = ($"The tensor '{_name}'", Place.Location);
        if (!Place.IsExternal) return $"{tensor} names the file '{name}', but does not say that its values lie there.";
        if (name.Length == 0) return $"{tensor} keeps its values in another file, but does not say in which.";
        name = BundleName.Plain(name);
        if (BundleName.FindProblem(name) is { } outside)
            return $"{tensor} keeps its values in '{Place.Location}', which {outside}. Save the model with its data file beside it.";
        if (!files.TryGetValue(name, out var file))
            return $"{tensor} keeps its values in another file ('{name}'), which was not sent. Send it as a part 'data' with that file name, or both in one archive (zip or tar).";
        if (Bytes() is not { } bytes) return $"{tensor} has a shape or a type whose values cannot lie in the file '{name}'.";
        if (Place.Offset < 0 || Place.Length < 0) return $"{tensor} does not say in numbers where its values lie in '{name}'.";
        if (Place.Length is { } length && length != bytes) return $"{tensor} needs {bytes} bytes, but names {length} of the file '{name}'.";
        return Place.Offset > file.Length || bytes > file.Length - Place.Offset
            ? $"{tensor} keeps its values in '{name}' from byte {Place.Offset} on for {bytes} bytes, but the file has {file.Length}."
            : null;
    }

    /// <summary>The bytes that its values take; null where nobody can tell.</summary>
    public long? Bytes()
    {
        if (_shape.Count > MaxDimensions || !Shapes.TryCount([.. _shape], out var count) || count > long.MaxValue / 16) return null;
        return _type switch
        {
            2 or 3 or 9 or 17 or 18 or 19 or 20 or 24 => count,
            4 or 5 or 10 or 16 => count * 2,
            1 or 6 or 12 => count * 4,
            7 or 11 or 13 or 14 => count * 8,
            15 => count * 16,
            21 or 22 or 23 => (count + 1) / 2,
            25 or 26 => (count + 3) / 4,
            _ => null,
        };
    }

    private void ReadSizes(ProtobufReader reader)
    {
        var outer = reader.Enter();
        while (!reader.IsAtEnd) AddSize((long)reader.ReadVarint());
        reader.Leave(outer);
    }

    private void AddSize(long size)
    {
        if (_shape.Count <= MaxDimensions) _shape.Add(size);
    }
}
