using Platform.Hosting.Storage;

namespace Platform.Hosting.Deployments;

/// <summary>
/// What the registry sends, piece by piece. Where a network goes away without a word, a piece never comes: then the registry counts
/// as away, instead of keeping its reader for ever.
/// </summary>
internal sealed class PatientStream(Stream source, TimeSpan patience, TimeProvider time) : ReadOnceStream
{
    /// <summary>Reads the next piece. Throws <see cref="HttpRequestException"/> when it does not come in time.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"The registry sent nothing more for {patience.TotalSeconds:0.###} s.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}
