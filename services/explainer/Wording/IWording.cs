namespace Platform.Explainer.Wording;

/// <summary>What is said of an explanation in one language. One file each, registered in <see cref="Languages"/>.</summary>
internal interface IWording
{
    /// <summary>The language's tag: en, zh.</summary>
    string Language { get; }

    /// <summary>
    /// One or two sentences: the prediction against the base, the features that mattered most, how far the parts can be off, and that
    /// they are no causes.
    /// </summary>
    string Tell(Story story);

    /// <summary>The heading of a picture.</summary>
    string Heading(Story story);

    /// <summary>A feature with its value.</summary>
    string Label(StoryPart part);

    /// <summary>So many features taken together.</summary>
    string Others(int count);

    /// <summary>The words that stand alone in pictures and on the page.</summary>
    Labels Labels { get; }

    /// <summary>What is said of whole versions.</summary>
    IGlobalWording Global { get; }

    /// <summary>What is said of decisions.</summary>
    IDecisionWording Decisions { get; }
}
