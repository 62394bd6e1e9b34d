namespace Platform.Hosting.Access;

/// <summary>What a caller may be allowed to do. The names on the wire are these in lower case.</summary>
public enum Permission
{
    /// <summary>See models, versions, deployments, history, events, windows, alerts and statistics.</summary>
    Observe,

    /// <summary>Call models, at once or by jobs.</summary>
    Infer,

    /// <summary>Tell what came of predictions: labels, feedback, outcomes.</summary>
    Label,

    /// <summary>Have predictions and models explained.</summary>
    Explain,

    /// <summary>Register models and upload versions.</summary>
    Register,

    /// <summary>Move aliases: promotions, roll-backs.</summary>
    Promote,

    /// <summary>Everything else that changes how the platform works: keys, gates, alert rules, what is loaded.</summary>
    Manage,
}
