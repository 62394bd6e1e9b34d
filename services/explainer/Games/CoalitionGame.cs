namespace Platform.Explainer.Games;

/// <summary>
/// One instance to explain, as a cooperative game for every background row b: the players are its features (or words), and a
/// coalition S is worth v_b(S) = f(x_S, b_rest), the model's answer when the players in S keep the instance's values and the
/// others take the background row's. The Shapley values of v = mean_b v_b are the interventional Shapley values; as they are
/// linear in the game, a method may treat each background row on its own and average.
/// </summary>
/// <remarks>
/// Both ends of every game are known from the start: v_b(everybody) is <see cref="Prediction"/>, v_b(nobody) is
/// <see cref="BackgroundOutput"/>. A player whose value does not differ between the instance and the background row is a dummy
/// of that row's game: its share is zero by definition, and no evaluation is spent on it.
/// Source: Štrumbelj &amp; Kononenko, Explaining prediction models and individual predictions with feature contributions, 2014;
/// Lundberg &amp; Lee, A Unified Approach to Interpreting Model Predictions, 2017; Janzing, Minorics &amp;
/// Blöbaum, AISTATS 2020 (why the interventional expectation).
/// </remarks>
internal abstract class CoalitionGame(int players, double[] prediction, BackgroundOutputs background)
{
    private readonly int[] _varying = new int[background.Rows];

    /// <summary>Features of the instance, dummies included.</summary>
    public int Players => players;

    /// <summary>Outputs explained, at least 1.</summary>
    public int Outputs => background.Outputs;

    /// <summary>Background rows, at least 1.</summary>
    public int Backgrounds => background.Rows;

    /// <summary>f(x), one value per output.</summary>
    public ReadOnlySpan<double> Prediction => prediction;

    /// <summary>Mean of f over the background, one value per output.</summary>
    public ReadOnlySpan<double> Base => background.Mean;

    /// <summary>Rows that the model has answered for this instance, f(x) included; the background's are counted by their owner.</summary>
    public long Evaluations { get; private set; } = 1;

    /// <summary>f(b) of one background row, one value per output.</summary>
    public ReadOnlySpan<double> BackgroundOutput(int row) => background.Of(row);

    /// <summary>The trees that the model is known to consist of; null where it may be anything.</summary>
    public virtual TreeView? Trees => null;

    /// <summary>Whether the outputs are known to be linear in the players' values.</summary>
    public virtual bool IsLinear => false;

    /// <summary>How many players differ from a background row.</summary>
    public int VaryingCount(int row) => _varying[row];

    /// <summary>Writes the players that differ from a background row, ascending, and returns how many there are.</summary>
    public abstract int Varying(int row, Span<int> varying);

    /// <summary>Evaluates every coalition of the batch into row-major [batch.Count, Outputs].</summary>
    public void Evaluate(CoalitionBatch batch, Span<double> values, CancellationToken cancellationToken)
    {
        Run(batch, values[..(batch.Count * Outputs)], cancellationToken);
        Evaluations += batch.Count;
    }

    /// <summary>Runs the model over the batch in chunks of bounded size.</summary>
    protected abstract void Run(CoalitionBatch batch, Span<double> values, CancellationToken cancellationToken);

    /// <summary>Called by a derived game once it can tell which players vary.</summary>
    protected void CountVarying()
    {
        var buffer = new int[players];
        for (var row = 0; row < _varying.Length; row++)
            _varying[row] = Varying(row, buffer);
    }
}
