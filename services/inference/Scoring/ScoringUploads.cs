using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>Receives the file of a multipart body piece by piece, straight into the store.</summary>
internal sealed class ScoringUploads(UploadNotes notes, IOptions<ScoringOptions> options, TimeProvider time)
{
    private const int LongestFormat = 100;

    private readonly long _limit = options.Value.MaxFileBytes;
    private readonly TimeSpan _longest = options.Value.MaxUploadTime;

    /// <summary>Refuses a body that says itself to be too large, or of another media type; null where it may come.</summary>
    public Error? Refuse(HttpRequest request)
    {
        if (request.ContentLength > _limit + MultipartForm.Overhead) return ScoringErrors.TooLarge(_limit);
        return MultipartForm.BoundaryOf(request) is null ? ScoringErrors.NotMultipart : null;
    }

    /// <summary>Receives the parts of a body that may come.</summary>
    public async Task<Result<ReceivedFile>> ReadAsync(HttpRequest request, Document<ScoringUpload> upload, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(MultipartForm.BoundaryOf(request)!, new LimitedBody(request.Body, _limit + MultipartForm.Overhead));
        using var late = new CancellationTokenSource(_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ReadAsync(reader, upload, either.Token);
        }
        catch (MalformedFormException exception)
        {
            return ScoringErrors.Malformed(exception.Message);
        }
        catch (BodyTooLargeException)
        {
            return ScoringErrors.TooLarge(_limit);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ScoringErrors.TooSlow(_longest);
        }
    }

    private async Task<Result<ReceivedFile>> ReadAsync(MultipartReader reader, Document<ScoringUpload> upload, CancellationToken cancellationToken)
    {
        ReceivedFile? file = null;
        string? format = null;
        while (await MultipartForm.NextAsync(reader, cancellationToken) is { } section)
        {
            var (part, name) = MultipartForm.NamesOf(section);
            if (part is not ("data" or "format")) return ScoringErrors.UnknownPart;
            if (part == "data" ? file is not null : format is not null) return ScoringErrors.Duplicate(part);
            if (part == "format")
            {
                if ((format = await ReadFormatAsync(section.Body, cancellationToken)) is null) return ScoringErrors.UnknownFormat;
            }
            else
            {
                if (!(await ReceiveAsync(section.Body, upload, cancellationToken)).Succeeded(out file, out var error)) return error;
                file = file with { Format = RowFormat.Find(name, section.ContentType) };
            }
        }

        if (file is null) return ScoringErrors.Missing;
        return (format is null ? file.Format : RowFormat.Find(format)) is { } known ? file with { Format = known } : ScoringErrors.UnknownFormat;
    }

    private async Task<Result<ReceivedFile>> ReceiveAsync(Stream body, Document<ScoringUpload> upload, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var piece = new byte[ScoringStore.PieceBytes];
        while (await FillAsync(body, piece, cancellationToken) is > 0 and var count)
        {
            bytes += count;
            if (bytes > _limit) return ScoringErrors.TooLarge(_limit);
            if (await notes.TryAddAsync(upload, piece[..count], cancellationToken) is not { } further) return ScoringErrors.TooSlow(_longest);
            upload = further;
        }

        return new ReceivedFile(null, bytes, upload);
    }

    private static Task<int> FillAsync(Stream body, byte[] piece, CancellationToken cancellationToken) =>
        MalformedFormException.WatchAsync(() => body.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken));

    /// <summary>Null when it is longer than any is: it is not read on.</summary>
    private static async Task<string?> ReadFormatAsync(Stream body, CancellationToken cancellationToken)
    {
        var text = new byte[LongestFormat + 1];
        var count = await FillAsync(body, text, cancellationToken);
        return count > LongestFormat ? null : System.Text.Encoding.UTF8.GetString(text, 0, count);
    }
}
