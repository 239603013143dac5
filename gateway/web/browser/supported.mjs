/** First in the body: tells the styles that scripts run, so that nothing jumps when the rest has loaded. */
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
