using Platform.Hosting.Storage;

namespace Platform.Inference.Scoring;

/// <summary>A file that lies in pieces, from its beginning to its end; one piece is in memory at a time.</summary>
internal sealed class PieceStream(ScoringStore store, string job, int pieces) : ReadOnceStream
{
    private byte[] _piece = [];
    private int _read;
    private int _next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_read == _piece.Length)
        {
            if (_next == pieces) return 0;
            // The pieces go when the job ends: whoever is still at it is told to stop.
            _piece = await store.ReadPieceAsync(job, _next++, cancellationToken) ?? throw new ScoringEndedException();
            _read = 0;
        }

        var count = Math.Min(buffer.Length, _piece.Length - _read);
        _piece.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }
}
