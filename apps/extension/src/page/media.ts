/** Whether the page plays what someone else's camera, microphone or screen sends. Frames that it can see into are part of it. */
export function othersMedia(page: Document): boolean {
  const played = [...page.getElementsByTagName('video'), ...page.getElementsByTagName('audio')]
  if (played.some(({ srcObject }) => srcObject instanceof MediaStream && srcObject.getTracks().some(isOthers))) return true
  return [...page.getElementsByTagName('iframe')].some(({ contentDocument }) => contentDocument !== null && othersMedia(contentDocument))
}

/** A live track counts as someone else's unless a device or a screen of this machine made it: those alone have a group or a surface. A call's own tracks have a device id as well, in Chromium. */
function isOthers(track: MediaStreamTrack): boolean {
  const { groupId = '', displaySurface } = track.getSettings()
  return track.readyState === 'live' && groupId === '' && displaySurface === undefined
}
