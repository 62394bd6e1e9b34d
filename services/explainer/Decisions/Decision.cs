using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Explainer.Decisions;

/// <summary>What an answer of the model is taken for: one of its classes, or a number within a range or outside of it. Each has a place.</summary>
internal abstract class Decision
{
    /// <summary>The place of what is within the range.</summary>
    public const int Within = 1;

    /// <summary>The range; null where it is about classes.</summary>
    public virtual NumberRange? Range => null;

    /// <summary>The classes that are known by name.</summary>
    public virtual IReadOnlyList<string> Classes => [];

    /// <summary>By classes as every service tells them; null where the answers are no classes.</summary>
    /// <param name="meaning">What the version's author says of the output.</param>
    /// <param name="output">The output.</param>
    /// <param name="width">How many numbers a row of it has.</param>
    public static Decision? OfClasses(OutputMeaning meaning, TensorSignature output, int width) => meaning.KindOf(output) switch
    {
        OutputKind.TwoScores or OutputKind.Scores => new ScoreDecision(meaning, width),
        OutputKind.Class => new LabelDecision(meaning, output),
        _ => null,
    };

    /// <summary>The place of what an answer is taken for; -1 where it holds a number that is not finite.</summary>
    public int Of(ReadOnlySpan<double> answer)
    {
        foreach (var number in answer)
        {
            if (!double.IsFinite(number)) return -1;
        }

        return PlaceOf(answer);
    }

    /// <summary>The class at a place; null where it is about a range.</summary>
    public abstract string? NameOf(int place);

    /// <summary>Where the class is that a text means; null where it means none.</summary>
    public abstract int? Find(string text);

    /// <summary>Which number of the output tells most of what is at a place: the class's own, else the one that decides.</summary>
    public abstract int ColumnOf(int place);

    /// <summary>The place of what an answer of finite numbers is taken for.</summary>
    protected abstract int PlaceOf(ReadOnlySpan<double> answer);
}
