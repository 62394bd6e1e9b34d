using System.Buffers;

namespace Platform.Explainer.Games;

/// <summary>
/// The game of a text: the players are its segments in reading order, an absent segment is left out, and the one background is
/// the fully masked, empty text.
/// </summary>
internal sealed class TextGame : CoalitionGame
{
    private const int CharactersPerChunk = 1 << 20;
    private const int MaximumTextsPerChunk = 256;

    private readonly ITextModel _model;
    private readonly string _text;
    private readonly IReadOnlyList<TextSegment> _segments;

    /// <param name="model">The model under explanation.</param>
    /// <param name="text">The text to explain.</param>
    /// <param name="segments">Segments that tile the text without gap or overlap.</param>
    /// <param name="prediction">The model's answer to the text, model.Outputs values.</param>
    /// <param name="empty">The model's answer to the empty text, from <see cref="EvaluateEmpty"/>.</param>
    public TextGame(ITextModel model, string text, IReadOnlyList<TextSegment> segments, double[] prediction, BackgroundOutputs empty)
        : base(segments.Count, prediction, empty)
    {
        (_model, _text, _segments) = (model, text, segments);
        CountVarying();
    }

    /// <summary>Evaluates the empty text, the background of every text game.</summary>
    public static BackgroundOutputs EvaluateEmpty(ITextModel model, CancellationToken cancellationToken)
    {
        var outputs = new double[model.Outputs];
        model.Evaluate([""], outputs, cancellationToken);
        return new BackgroundOutputs(1, outputs);
    }

    public override int Varying(int row, Span<int> varying)
    {
        for (var segment = 0; segment < Players; segment++)
            varying[segment] = segment;
        return Players;
    }

    protected override void Run(CoalitionBatch batch, Span<double> values, CancellationToken cancellationToken)
    {
        var chunk = Math.Clamp(CharactersPerChunk / Math.Max(1, _text.Length), 1, MaximumTextsPerChunk);
        var texts = new string[Math.Min(chunk, batch.Count)];
        var buffer = ArrayPool<char>.Shared.Rent(_text.Length);
        try
        {
            for (var start = 0; start < batch.Count; start += chunk)
            {
                var take = Math.Min(chunk, batch.Count - start);
                for (var row = 0; row < take; row++)
                    texts[row] = Masked(batch.Members(start + row), buffer);
                _model.Evaluate(texts.AsSpan(0, take), values.Slice(start * Outputs, take * Outputs), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private string Masked(ReadOnlySpan<ulong> members, char[] buffer)
    {
        var length = 0;
        for (var player = 0; player < _segments.Count; player++)
        {
            if (!CoalitionBatch.Has(members, player))
                continue;
            var segment = _segments[player];
            _text.CopyTo(segment.Start, buffer, length, segment.Length);
            length += segment.Length;
        }

        return new string(buffer, 0, length);
    }
}
