namespace Platform.Explainer.Wording;

/// <summary>What is said of decisions in one language.</summary>
internal interface IDecisionWording
{
    /// <summary>The words that stand alone in pictures and on the page.</summary>
    DecisionLabels Labels { get; }

    /// <summary>What the model answers, what it would answer with which changes, and what that does not say; or that nothing was found, and the way out.</summary>
    string Tell(ChangeStory story);

    /// <summary>The heading of a picture.</summary>
    string Heading(ChangeStory story);

    /// <summary>Under which rule the model nearly always decides so, how sure that is, and how many rows it is about.</summary>
    string Tell(RuleStory story);

    /// <summary>The heading of a picture.</summary>
    string Heading(RuleStory story);

    /// <summary>An answer in few words.</summary>
    string Short(Outcome outcome);

    /// <summary>A condition as it reads.</summary>
    string Say(Condition condition);
}
