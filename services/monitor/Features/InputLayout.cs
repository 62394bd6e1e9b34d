namespace Platform.Monitor.Features;

/// <summary>What is watched of one input tensor.</summary>
internal abstract class InputLayout(string input)
{
    /// <summary>The tensor's name.</summary>
    public string Input { get; } = input;

    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>Whether a sample of a row's elements leaves some of the features without a value.</summary>
    public virtual bool NeedsEveryElement => false;

    /// <summary>Adds the values of one row, <paramref name="into"/> being one list for each of <see cref="Features"/>.</summary>
    public abstract void Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into);
}
