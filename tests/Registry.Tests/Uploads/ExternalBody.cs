using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Platform.TestModels;

namespace Platform.Registry.Tests.Uploads;

/// <summary>Ways in which a client sends a model with its data files.</summary>
public static class ExternalBody
{
    public static MultipartFormDataContent Parts(ExternalModels model, string metadata = "{}", string? reference = null)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent(model.Model), "model", "model.onnx" } };
        foreach (var (name, bytes) in model.Files) content.Add(new ByteArrayContent(bytes), "data", name);
        return With(content, metadata, reference);
    }

    public static MultipartFormDataContent Archive(byte[] archive, string metadata = "{}", string? reference = null) =>
        With(new MultipartFormDataContent { { new ByteArrayContent(archive), "model", "model.archive" } }, metadata, reference);

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }

        return bytes.ToArray();
    }

    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files, params TarEntry[] others)
    {
        using var bytes = new MemoryStream();
        using (var archive = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var other in others) archive.WriteEntry(other);
            foreach (var (name, content) in files) archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }

    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files, TarEntryFormat format)
    {
        using var bytes = new MemoryStream();
        using (var archive = new TarWriter(bytes, format, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                var data = new MemoryStream(content);
                archive.WriteEntry(format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data },
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = data },
                    _ => new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data },
                });
            }

        return bytes.ToArray();
    }

    /// <summary>The archive with a field changed in the header at <paramref name="header"/>, whose sum is right all the same.</summary>
    public static byte[] Patch(byte[] tar, int header, int field, params byte[] value)
    {
        var patched = tar.ToArray();
        value.CopyTo(patched, header + field);
        var block = patched.AsSpan(header, 512);
        block.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var part in block) sum += part;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", block[148..]);
        return patched;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    /// <summary>The files of a model as an archive may have them: in a folder, the data first.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Folder(ExternalModels model, string folder = "export/") =>
        [.. model.Files.Select(file => (folder + file.Key, file.Value)), (folder + "net.onnx", model.Model)];

    private static MultipartFormDataContent With(MultipartFormDataContent content, string metadata, string? reference)
    {
        content.Add(new StringContent(metadata, Encoding.UTF8, "application/json"), "metadata");
        if (reference is not null) content.Add(new StringContent(reference), "reference", "reference.csv");
        return content;
    }
}
