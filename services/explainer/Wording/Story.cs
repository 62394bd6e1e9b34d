namespace Platform.Explainer.Wording;

/// <summary>One row of an explanation and one of its numbers: all that is told and drawn of it.</summary>
internal sealed record Story
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The name of the number that is explained: a class, or an output.</summary>
    public string Output { get; init; } = "";

    /// <summary>The method that divided the prediction.</summary>
    public string Method { get; init; } = "";

    /// <summary>The model's answer.</summary>
    public double Prediction { get; init; }

    /// <summary>Its mean answer over the background.</summary>
    public double Base { get; init; }

    /// <summary>One for each feature, in the order of the model's input or of the text.</summary>
    public IReadOnlyList<StoryPart> Parts { get; init; } = [];

    /// <summary>R² of the local fit, for methods that fit one.</summary>
    public double? Fit { get; init; }

    /// <summary>request, reference or masked_text.</summary>
    public string BackgroundSource { get; init; } = "";

    /// <summary>Rows of the background.</summary>
    public int BackgroundRows { get; init; }

    /// <summary>Dimensions in which the parts lie, for an input of more than one; else null.</summary>
    public IReadOnlyList<long>? Shape { get; init; }

    /// <summary>Whether the parts are the pieces of a text.</summary>
    public bool IsText { get; init; }

    /// <summary>Prediction less base.</summary>
    public double Difference => Prediction - Base;

    /// <summary>What the parts leave unexplained.</summary>
    public double Residual => Difference - Parts.Sum(part => part.Share);

    /// <summary>Whether the residual is more than rounding.</summary>
    public bool LeavesSomething => Math.Abs(Residual) > Math.Max(1e-6, 1e-3 * Parts.Select(part => Math.Abs(part.Share)).DefaultIfEmpty(0).Max());

    /// <summary>The parts with the largest share first; of equal ones, in their order.</summary>
    public IEnumerable<StoryPart> BySize => Parts.Where(part => part.Share != 0).OrderByDescending(part => Math.Abs(part.Share));
}
