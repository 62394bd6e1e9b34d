using System.Security.Cryptography;

namespace Platform.Onnx.Bundles;

/// <summary>A file of a model before it is packed.</summary>
/// <param name="Name">Its name there, or as whoever sent it has it.</param>
/// <param name="Length">Its length.</param>
/// <param name="Open">Its bytes, as often as they are asked for.</param>
public sealed record BundleSource(string Name, long Length, Func<Stream> Open);

/// <summary>A file as it went into a bundle.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Length">Its length.</param>
/// <param name="Sha256">Its digest, lower-case hex.</param>
public sealed record WrittenFile(string Name, long Length, string Sha256);

/// <summary>Writes bundles. The same files make the same bundle, byte for byte, in whatever order they come.</summary>
public static class BundleWriter
{
    private const int BufferSize = 128 << 10;

    /// <param name="target">Takes the bundle.</param>
    /// <param name="model">The ONNX file, whatever it is called.</param>
    /// <param name="data">The data files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The files in the order in which they lie there.</returns>
    /// <exception cref="InvalidDataException">A file is longer or shorter than was said.</exception>
    public static async Task<IReadOnlyList<WrittenFile>> WriteAsync(
        Stream target, BundleSource model, IEnumerable<BundleSource> data, CancellationToken cancellationToken)
    {
        var written = new List<WrittenFile>();
        foreach (var file in data.OrderBy(file => file.Name, StringComparer.Ordinal).Prepend(model with { Name = ModelBundle.ModelName }))
        {
            await target.WriteAsync(TarHeader.Write(new BundledFile(file.Name, 0, file.Length)), cancellationToken);
            written.Add(new WrittenFile(file.Name, file.Length, await CopyAsync(file, target, cancellationToken)));
            await target.WriteAsync(new byte[ModelBundle.Padded(file.Length) - file.Length], cancellationToken);
        }

        await target.WriteAsync(new byte[2 * TarHeader.Size], cancellationToken);
        return written;
    }

    private static async Task<string> CopyAsync(BundleSource file, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var content = file.Open();
        var buffer = new byte[BufferSize];
        var left = file.Length;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; left -= read)
        {
            if (read > left) throw new InvalidDataException($"'{file.Name}' is longer than its archive says");
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return left == 0 ? Convert.ToHexStringLower(hash.GetHashAndReset()) : throw new InvalidDataException($"'{file.Name}' is shorter than its archive says");
    }
}
