using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Errors;

namespace Platform.Registry.References;

/// <summary>Turns an uploaded dataset into rows of tensors of a version's signature.</summary>
internal sealed class ReferenceConverter(IArtifactStore artifacts, ReferenceLimits limits)
{
    // Numbers may be longer in JSON than in CSV, and every row repeats the names of the inputs.
    private const int MaxGrowth = 8;

    public async Task<Result<ConvertedReference>> ConvertAsync(
        string path, VersionMetadata metadata, ModelSignature signature, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var isJson = await StartsAsJsonAsync(file, cancellationToken);
            var count = 0;
            var rows = await artifacts.StageAsync(
                async target => count = await WriteAsync(file, isJson, metadata, signature, target, cancellationToken),
                MaxGrowth * limits.MaxBytes, cancellationToken);
            return new ConvertedReference(rows, count, isJson ? JsonRows.MediaType : CsvRows.MediaType);
        }
        catch (ReferenceException exception)
        {
            return ReferenceErrors.Invalid(exception.Message);
        }
        catch (InvalidOperationException exception) when (JsonProblems.IsMalformedText(exception))
        {
            return ReferenceErrors.Invalid("The reference dataset holds text that is not valid UTF-8.");
        }
        catch (ArtifactTooLargeException)
        {
            return ReferenceErrors.Invalid("The reference dataset becomes too large as tensors; send fewer rows.");
        }
    }

    private async Task<int> WriteAsync(
        Stream file, bool isJson, VersionMetadata metadata, ModelSignature signature, Stream target, CancellationToken cancellationToken)
    {
        await using RowSource source = isJson
            ? await JsonRows.OpenAsync(file, count => ReferenceLayout.NameColumns(count, metadata, signature), cancellationToken)
            : await CsvRows.OpenAsync(file, cancellationToken);
        using var lines = new JsonLineWriter(target);
        var writer = new RowWriter(ReferenceLayout.Of(source.Header, metadata, signature), source.Header, metadata, lines);
        var (count, most) = (0, limits.MaxRows);
        await foreach (var row in source.ReadAsync(cancellationToken))
        {
            if (++count > most) throw new ReferenceException($"The reference dataset has more than {most} rows.");
            writer.Write(row);
        }
        if (count == 0) throw new ReferenceException("The reference dataset has a header but no rows.");
        lines.Flush();
        return count;
    }

    /// <summary>Whether the first character is that of JSON; leaves the file at its beginning.</summary>
    private static async Task<bool> StartsAsJsonAsync(FileStream file, CancellationToken cancellationToken)
    {
        var start = new byte[256];
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        ReadOnlySpan<byte> blank = [0xEF, 0xBB, 0xBF, .. " \t\r\n"u8];
        return start.AsSpan(0, length).TrimStart(blank) is [(byte)'[' or (byte)'{', ..];
    }
}
