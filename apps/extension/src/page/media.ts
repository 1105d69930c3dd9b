/** Whether the page plays what someone else's camera, microphone or screen sends: a live stream with a track that no device of this machine made. */
export function othersMedia(page: Document): boolean {
  return [...page.getElementsByTagName('video'), ...page.getElementsByTagName('audio')].some(({ srcObject }) => {
    if (!(srcObject instanceof MediaStream)) return false
    return srcObject.getTracks().some((track) => track.readyState === 'live' && (track.getSettings().deviceId ?? '') === '')
  })
}
