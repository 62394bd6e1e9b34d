namespace Platform.Onnx.Bundles;

/// <summary>
/// What the file of a model holds: an ONNX file, which is all of it, or a bundle: a tar archive of our own making (<see cref="BundleWriter"/>) with the
/// ONNX file first and the files that its tensors' values lie in behind it, by name. The bytes of each lie there as they are, so that they can be mapped.
/// </summary>
public sealed class ModelBundle
{
    /// <summary>The name of the ONNX file in a bundle.</summary>
    public const string ModelName = "model.onnx";

    /// <summary>Most data files.</summary>
    public const int MaxFiles = 1000;

    private ModelBundle(IReadOnlyList<BundledFile> files)
    {
        Model = files[0];
        Data = files.Skip(1).ToDictionary(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>The ONNX file.</summary>
    public BundledFile Model { get; }

    /// <summary>The data files by their names; none where the ONNX file is all.</summary>
    public IReadOnlyDictionary<string, BundledFile> Data { get; }

    /// <exception cref="InvalidDataException">It begins as a bundle does, but is none.</exception>
    public static ModelBundle Open(string path)
    {
        using var file = File.OpenRead(path);
        return Open(file);
    }

    internal static ModelBundle Open(FileStream file)
    {
        var header = new byte[TarHeader.Size];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !TarHeader.Begins(header, ModelName))
            return new ModelBundle([new BundledFile(ModelName, 0, file.Length)]);
        return new ModelBundle(List(file, header));
    }

    private static List<BundledFile> List(FileStream file, byte[] header)
    {
        var files = new List<BundledFile>();
        var at = 0L;
        while (TarHeader.Read(header) is var (name, length))
        {
            at += header.Length;
            if (length > file.Length - at) throw new InvalidDataException("the bundle ends too early");
            if (files.Count > 0 && BundleName.FindProblem(name) is { } problem) throw new InvalidDataException($"a file of the bundle {problem}");
            if (files.Count > MaxFiles || files.Exists(known => known.Name == name)) throw new InvalidDataException("the bundle has too many files, or one twice");
            files.Add(new BundledFile(name, at, length));
            at += Padded(length);
            file.Position = at;
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) throw new InvalidDataException("the bundle ends too early");
        }

        return files;
    }

    /// <summary>The length that a file takes up.</summary>
    internal static long Padded(long length) => (length + TarHeader.Size - 1) / TarHeader.Size * TarHeader.Size;
}
