using System.Formats.Tar;
using System.IO.Compression;
using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>Lists the files of an archive, none of which is unpacked to a path: their bytes are read where they lie.</summary>
internal static class ArchiveListing
{
    private const long MaxListBytes = 8 << 20;
    private const int FileTypes = 0xF000;
    private const int RegularFile = 0x8000;

    /// <exception cref="InvalidDataException">It is damaged, holds anything but files and folders, or too much: the rest of a sentence.</exception>
    public static List<PackedFile> OfZip(string path)
    {
        var files = new List<PackedFile>();
        using var list = new BoundedReads(File.OpenRead(path), MaxListBytes);
        using var archive = new ZipArchive(list, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            if (entry.IsEncrypted) throw new InvalidDataException($"'{entry.FullName}' is encrypted");
            if ((entry.ExternalAttributes >> 16 & FileTypes) is not (0 or RegularFile)) throw NoFile(entry.FullName);
            var name = entry.FullName;
            Add(files, new PackedFile(name, entry.Length, () => OpenInZip(path, name)));
        }

        return files;
    }

    /// <exception cref="InvalidDataException">It is damaged, holds anything but files and folders, or too much: the rest of a sentence.</exception>
    public static List<PackedFile> OfTar(string path)
    {
        var files = new List<PackedFile>();
        using var list = new BoundedReads(File.OpenRead(path), MaxListBytes);
        using var archive = new TarReader(list, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) throw NoFile(entry.Name);
            Add(files, PackedFile.Within(path, new BundledFile(entry.Name, entry.DataOffset, entry.Length)));
        }

        return files;
    }

    private static void Add(List<PackedFile> files, PackedFile file)
    {
        file = file with { Name = BundleName.Plain(file.Name) };
        if (BundleName.FindProblem(file.Name) is { } problem) throw new InvalidDataException($"'{file.Name}' {problem}");
        if (files.Exists(known => known.Name == file.Name)) throw new InvalidDataException($"'{file.Name}' is in it twice");
        if (files.Count > ModelBundle.MaxFiles) throw new InvalidDataException($"it holds more than {ModelBundle.MaxFiles} data files");
        files.Add(file);
    }

    private static InvalidDataException NoFile(string name) => new($"'{name}' is a link or something else that is neither a file nor a folder");

    /// <summary>Each by an archive of its own: they are read one behind the other, and none is left open.</summary>
    private static Stream OpenInZip(string path, string name)
    {
        var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
        var entry = archive.Entries.First(entry => BundleName.Plain(entry.FullName) == BundleName.Plain(name));
        return new ZippedFile(archive, entry.Open());
    }

    /// <summary>Closes its archive with itself.</summary>
    private sealed class ZippedFile(ZipArchive archive, Stream content) : Hosting.Storage.ReadOnceStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => content.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
                archive.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
