using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>A file of a model before it is packed.</summary>
/// <param name="Name">Its name, as whoever sent it has it.</param>
/// <param name="Length">Its length.</param>
/// <param name="Open">Its bytes, as often as they are asked for.</param>
internal sealed record PackedFile(string Name, long Length, Func<Stream> Open)
{
    /// <summary>A file that lies at a path.</summary>
    public static PackedFile At(string name, string path) => new(name, new FileInfo(path).Length, () => File.OpenRead(path));

    /// <summary>A file that lies in another.</summary>
    public static PackedFile Within(string path, BundledFile file) => new(file.Name, file.Length, () => file.Length == 0 ? Stream.Null : new FilePart(path, file.Offset, file.Length));
}
