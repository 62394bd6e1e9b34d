namespace Platform.Explainer.Wording;

/// <summary>What is said of a whole version in one language.</summary>
internal interface IGlobalWording
{
    /// <summary>One or two sentences: what the model goes by most, by how much, and how sure that is.</summary>
    string Tell(ImportanceStory story);

    /// <summary>The heading of a picture.</summary>
    string Heading(ImportanceStory story);

    /// <summary>What an importance is in, for the axis and the table.</summary>
    string Unit(ImportanceStory story);

    /// <summary>One or two sentences: where the answer is lowest and highest, and what that does not say.</summary>
    string Tell(CurveStory story);

    /// <summary>The heading of a picture.</summary>
    string Heading(CurveStory story);

    /// <summary>What the lines and bands of the picture are.</summary>
    string Key(CurveStory story, bool hasMean);
}
