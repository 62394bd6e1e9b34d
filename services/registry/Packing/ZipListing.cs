using System.IO.Compression;
using Platform.Onnx.Bundles;

namespace Platform.Registry.Packing;

/// <summary>The files of a zip archive, to be read one behind the other.</summary>
internal sealed class ZipListing : IDisposable
{
    private const int FileTypes = 0xF000;
    private const int RegularFile = 0x8000;

    private readonly BoundedReads _content;
    private readonly ZipArchive _archive;

    /// <exception cref="InvalidDataException">It is damaged, holds anything but files and folders, or too much: the rest of a sentence.</exception>
    public ZipListing(string path)
    {
        _content = new BoundedReads(File.OpenRead(path), ArchiveListing.MaxListBytes);
        try
        {
            _archive = new ZipArchive(_content, ZipArchiveMode.Read, leaveOpen: true);
            Files = List(_archive);
            _content.ReadOn();
        }
        catch (Exception exception)
        {
            Dispose();
            // What else the archive's own code throws at numbers that it cannot use.
            if (exception is ArithmeticException or ArgumentException or InvalidOperationException) throw new InvalidDataException("its list is damaged", exception);
            throw;
        }
    }

    public IReadOnlyList<BundleSource> Files { get; }

    public void Dispose()
    {
        _archive?.Dispose();
        _content.Dispose();
    }

    private static IReadOnlyList<BundleSource> List(ZipArchive archive)
    {
        var listing = new ArchiveListing();
        foreach (var entry in archive.Entries)
        {
            listing.Count();
            if (entry.FullName.EndsWith('/')) continue;
            if (entry.IsEncrypted) throw new InvalidDataException($"'{entry.FullName}' is encrypted");
            if ((entry.ExternalAttributes >> 16 & FileTypes) is not (0 or RegularFile)) throw ArchiveListing.NoFile(entry.FullName);
            listing.Add(new BundleSource(entry.FullName, entry.Length, entry.Open));
        }

        return listing.Files;
    }
}
