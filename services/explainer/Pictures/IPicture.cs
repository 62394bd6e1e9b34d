using Platform.Explainer.Wording;

namespace Platform.Explainer.Pictures;

/// <summary>One way to draw an explanation. One file each, registered in <see cref="PictureGallery"/>.</summary>
internal interface IPicture
{
    /// <summary>As requests name it.</summary>
    string Name { get; }

    /// <summary>Whether it can show this explanation.</summary>
    bool Suits(Story story);

    /// <summary>Draws below the heading and returns where it ended.</summary>
    /// <param name="canvas">What it draws on, as wide as <see cref="SvgCanvas.Width"/>.</param>
    /// <param name="story">What it shows.</param>
    /// <param name="wording">Its language.</param>
    /// <param name="top">The first y that is free.</param>
    double Draw(SvgCanvas canvas, Story story, IWording wording, double top);
}
