using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>Where the files of a model lie before they are packed.</summary>
internal static class PackedFiles
{
    /// <summary>A file that lies at a path.</summary>
    public static BundleSource At(string name, string path) => new(name, new FileInfo(path).Length, () => File.OpenRead(path));

    /// <summary>A file that lies in another.</summary>
    public static BundleSource Within(string path, BundledFile file) =>
        new(file.Name, file.Length, () => file.Length == 0 ? Stream.Null : new FilePart(path, file.Offset, file.Length));
}
